package io.github.k2connect.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.webhook.Signatures;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * The accounts at Kopo Kopo: the default account and one whose API key is in the source
 * of the application and can be replaced.
 */
final class SimulatedAccounts implements K2AccountSource {

	static final String DEFAULT = "default";

	static final String SOURCED = "kiosk";

	static final List<String> NAMES = List.of(DEFAULT, DEFAULT, SOURCED);

	static final String DEFAULT_KEY = "the-key-of-the-default-account";

	/**
	 * How long an instance may use the settings of an account.
	 */
	static final Duration TTL = Duration.ofMinutes(10);

	/**
	 * How long an instance may refuse a new key.
	 */
	static final Duration REFRESH = Duration.ofSeconds(6);

	private final World world;

	private int version = 1;

	private Instant rotatedAt = Instant.EPOCH;

	SimulatedAccounts(World world) {
		this.world = world;
	}

	@Override
	public Optional<K2AccountSettings> find(String name) {
		boolean fails = this.world.happens(Fault.ACCOUNT_SOURCE_FAILS, 3);
		if (fails || this.world.has(Fault.ACCOUNT_SOURCE_GONE)) {
			throw new DataAccessResourceFailureException("The source of accounts is unavailable");
		}
		return name.equals(SOURCED) ? Optional
			.of(K2AccountSettings.builder().clientId("client").clientSecret("secret").apiKey(key(this.version)).build())
				: Optional.empty();
	}

	void rotateKey() {
		this.version++;
		this.rotatedAt = this.world.time();
	}

	/**
	 * Return whether the key is so old that no instance may use it.
	 */
	boolean isPreviousKeyDead() {
		return this.version > 1 && this.world.time().isAfter(this.rotatedAt.plus(TTL));
	}

	/**
	 * Return whether every instance has to accept the key.
	 */
	boolean isKeyAlive() {
		return this.world.time().isAfter(this.rotatedAt.plus(REFRESH));
	}

	String sign(Message message) {
		return Signatures.sign(message.account().equals(SOURCED) ? key(this.version) : DEFAULT_KEY, message.body());
	}

	String signWithPreviousKey(Message message) {
		return Signatures.sign(key(this.version - 1), message.body());
	}

	private static String key(int version) {
		return "key-" + version + "-of-the-sourced-account";
	}

}
