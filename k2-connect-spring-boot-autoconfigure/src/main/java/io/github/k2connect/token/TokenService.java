package io.github.k2connect.token;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2Client;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

/**
 * Service for access tokens. The other services use the cached token by themselves. An
 * application only needs this service to inspect or revoke a token.
 * <p>
 * Every method that calls Kopo Kopo throws {@link K2AuthenticationException} if the
 * credentials are rejected.
 */
public class TokenService {

	private static final Duration REFRESH_BEFORE_EXPIRY = Duration.ofSeconds(60);

	private final ApiClient client;

	private final K2Credentials credentials;

	private final TokenRequest request;

	private final TokenCache cache;

	/**
	 * Create a service whose cache replaces a token one minute before it expires.
	 * @param client a client without token
	 * @param credentials the credentials
	 */
	public TokenService(K2Client client, K2Credentials credentials) {
		this(client, credentials, REFRESH_BEFORE_EXPIRY, Clock.systemUTC(), ObservationRegistry.NOOP);
	}

	/**
	 * Create a service.
	 * @param client a client without token
	 * @param credentials the credentials
	 * @param refreshBeforeExpiry how long before its expiry the cache replaces a token
	 * @param clock the clock for the expiry of tokens
	 * @param observations the registry for observations of token requests
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public TokenService(K2Client client, K2Credentials credentials, Duration refreshBeforeExpiry, Clock clock,
			ObservationRegistry observations) {
		this.client = ApiClient.of(client);
		this.credentials = credentials;
		this.request = new TokenRequest(this.client, credentials, clock, observations);
		this.cache = new TokenCache(this.request::send, this.client::timeLeft, this.client.settings().callTimeout(),
				refreshBeforeExpiry, clock);
	}

	/**
	 * Return the cached token, or request a new one if there is no valid token.
	 * @return a valid token
	 */
	public AccessToken getToken() {
		return this.cache.get();
	}

	/**
	 * Request a new token. The cached token stays in the cache.
	 * @return a new token
	 */
	public AccessToken requestToken() {
		return this.request.send();
	}

	/**
	 * Revoke a token, and remove it from the cache.
	 * @param accessToken the token
	 */
	public void revokeToken(String accessToken) {
		this.cache.forget(accessToken);
		this.client.postForm("/oauth/revoke", this.credentials.form("token", accessToken), (json) -> json);
	}

	/**
	 * Return information about a token, requested with the client id and client secret.
	 * @param accessToken the token
	 * @return the information
	 */
	public TokenIntrospection introspectToken(String accessToken) {
		return this.client.postForm("/oauth/introspect", this.credentials.form("token", accessToken),
				TokenIntrospection::from);
	}

	/**
	 * Return information about a token, requested with the token itself.
	 * @param accessToken the token, which is sent instead of the cached one
	 * @return the information
	 * @throws InvalidK2RequestException if the token contains characters that are not
	 * allowed, such as a blank; nothing is sent then
	 */
	public TokenInfo infoToken(String accessToken) {
		if (!AccessToken.isBearer(accessToken)) {
			throw new InvalidK2RequestException(
					List.of(new Violation("accessToken", "accessToken must contain only visible ASCII characters")));
		}
		return this.client.fetchAsBearer("/oauth/token/info", accessToken, TokenInfo::from);
	}

	/**
	 * Return what is known of the token, without a call.
	 * @return the status
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public TokenStatus status() {
		return this.request.status(this.cache.expiry());
	}

	void forget(AccessToken token) {
		this.cache.forget(token.accessToken());
	}

}
