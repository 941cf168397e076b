package io.github.k2connect.test;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.http.Request;

/**
 * All accounts of the simulator, found by name, credentials or access token.
 */
final class SimulatedAccounts {

	private final Map<String, SimulatedAccount> accounts = new LinkedHashMap<>();

	private final AtomicInteger tokenRequests = new AtomicInteger();

	/**
	 * Create the accounts.
	 * @throws IllegalArgumentException when two have the same name or client id
	 */
	SimulatedAccounts(List<SimulatedAccount> accounts) {
		for (SimulatedAccount account : accounts) {
			boolean taken = all().stream().anyMatch((other) -> other.clientId().equals(account.clientId()));
			if (taken || this.accounts.putIfAbsent(account.name(), account) != null) {
				throw new IllegalArgumentException("Two accounts have the name or the client id of " + account);
			}
		}
	}

	Collection<SimulatedAccount> all() {
		return this.accounts.values();
	}

	/**
	 * Return the account of a name.
	 * @throws IllegalArgumentException when there is none
	 */
	SimulatedAccount get(String name) {
		SimulatedAccount account = this.accounts.get(name);
		if (account == null) {
			throw new IllegalArgumentException(
					"The simulator has no account '" + name + "', but " + this.accounts.keySet());
		}
		return account;
	}

	/**
	 * Find the account that an OAuth request authenticates.
	 */
	Optional<SimulatedAccount> authenticate(OAuthFields fields) {
		return all().stream()
			.filter((account) -> account.clientId().equals(fields.get("client_id"))
					&& account.clientSecret().equals(fields.get("client_secret")))
			.findFirst();
	}

	/**
	 * Find the account of a valid access token.
	 */
	Optional<SimulatedAccount> withToken(String token) {
		return all().stream().filter((account) -> account.tokens().validity(token).isPresent()).findFirst();
	}

	/**
	 * Find the account that a request is for, by its access token or by its client id.
	 */
	Optional<SimulatedAccount> of(Request request) {
		return BearerTokenCheck.bearerToken(request)
			.flatMap(this::withToken)
			.or(() -> withClientId(OAuthFields.of(request).get("client_id")));
	}

	private Optional<SimulatedAccount> withClientId(String clientId) {
		return all().stream().filter((account) -> account.clientId().equals(clientId)).findFirst();
	}

	void revokeToken(String token) {
		all().forEach((account) -> account.tokens().revoke(token));
	}

	void countTokenRequest() {
		this.tokenRequests.incrementAndGet();
	}

	int tokenRequests() {
		return this.tokenRequests.get();
	}

	/**
	 * Delete everything but the access tokens.
	 */
	void reset() {
		all().forEach((account) -> account.ledger().clear());
		this.tokenRequests.set(0);
	}

}
