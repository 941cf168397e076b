package io.github.k2connect.platform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.account.K2Accounts;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Repository;

@Repository
class Merchants implements K2AccountSource {

	private final JdbcClient jdbc;

	private final BytesEncryptor encryptor;

	private final ObjectProvider<K2Accounts> accounts;

	Merchants(JdbcClient jdbc, BytesEncryptor encryptor, ObjectProvider<K2Accounts> accounts) {
		this.jdbc = jdbc;
		this.encryptor = encryptor;
		this.accounts = accounts;
	}

	void add(String name, String tillNumber, String clientId, String clientSecret, String apiKey) {
		this.jdbc
			.sql("INSERT INTO merchant (name, till_number, client_id, client_secret, api_key) VALUES (?, ?, ?, ?, ?)")
			.params(name, tillNumber, clientId, encrypt(clientSecret), encrypt(apiKey))
			.update();
		this.accounts.getObject().forget(name);
	}

	void changeApiKey(String name, String apiKey) {
		this.jdbc.sql("UPDATE merchant SET previous_api_key = api_key, api_key = ? WHERE name = ?")
			.params(encrypt(apiKey), name)
			.update();
		this.accounts.getObject().forget(name);
	}

	void removePreviousApiKey(String name) {
		this.jdbc.sql("UPDATE merchant SET previous_api_key = NULL WHERE name = ?").param(name).update();
		this.accounts.getObject().forget(name);
	}

	String tillNumber(String name) {
		return this.jdbc.sql("SELECT till_number FROM merchant WHERE name = ?")
			.param(name)
			.query(String.class)
			.single();
	}

	@Override
	public Optional<K2AccountSettings> find(String name) {
		return this.jdbc.sql("SELECT client_id, client_secret, api_key, previous_api_key FROM merchant WHERE name = ?")
			.param(name)
			.query((row, number) -> K2AccountSettings.builder()
				.clientId(row.getString("client_id"))
				.clientSecret(decrypt(row.getBytes("client_secret")))
				.apiKey(decrypt(row.getBytes("api_key")))
				.previousApiKeys(Stream.ofNullable(row.getBytes("previous_api_key")).map(this::decrypt).toList())
				.build())
			.optional();
	}

	private byte[] encrypt(String secret) {
		return this.encryptor.encrypt(secret.getBytes(StandardCharsets.UTF_8));
	}

	private String decrypt(byte[] secret) {
		return new String(this.encryptor.decrypt(secret), StandardCharsets.UTF_8);
	}

}
