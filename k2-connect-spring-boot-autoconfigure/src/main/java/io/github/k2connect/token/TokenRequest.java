package io.github.k2connect.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new token, observed with all its attempts.
 */
final class TokenRequest {

	/**
	 * The validity of a token if the response does not contain one.
	 */
	private static final Duration WITHOUT_EXPIRY = Duration.ofMinutes(5);

	private final ApiClient client;

	private final K2Credentials credentials;

	private final Clock clock;

	private final ObservationRegistry observations;

	private volatile boolean refused;

	private volatile TokenStatus.@Nullable Failure lastFailure;

	TokenRequest(ApiClient client, K2Credentials credentials, Clock clock, ObservationRegistry observations) {
		this.client = client;
		this.credentials = credentials;
		this.clock = clock;
		this.observations = observations;
	}

	AccessToken send() {
		Observation observation = K2Meter.TOKEN_REQUEST.observation(this.observations)
			.lowCardinalityKeyValue(Tag.ACCOUNT.withValue(this.client.observedAccount()));
		return observation.observe(() -> send(observation));
	}

	private AccessToken send(Observation observation) {
		try {
			AccessToken token = this.client.postForm("/oauth/token",
					this.credentials.form("grant_type", "client_credentials"), this::read);
			observation.lowCardinalityKeyValue(Tag.OUTCOME.of(Value.ISSUED));
			this.refused = false;
			return token;
		}
		catch (K2AuthenticationException ex) {
			observation.lowCardinalityKeyValue(Tag.OUTCOME.of(Value.REFUSED));
			this.refused = true;
			failed(ex);
			throw ex;
		}
		catch (Throwable ex) {
			observation.lowCardinalityKeyValue(Tag.OUTCOME.of(Value.FAILED));
			failed(ex);
			throw ex;
		}
	}

	private void failed(Throwable failure) {
		this.lastFailure = new TokenStatus.Failure(this.clock.instant(), failure.getClass().getSimpleName(),
				(failure instanceof K2ApiException response) ? response.statusCode() : null);
	}

	/**
	 * Return the status of the account's token.
	 * @param expiresAt when the cached token expires, or {@code null} if there is none
	 */
	TokenStatus status(@Nullable Instant expiresAt) {
		return new TokenStatus(expiresAt, this.refused, this.lastFailure);
	}

	private AccessToken read(JsonObject json) {
		String accessToken = json.requiredText("access_token");
		if (!AccessToken.isBearer(accessToken)) {
			throw UnreadableJsonException.property("access_token", "a token that can be sent");
		}
		Duration expiresIn = json.seconds("expires_in");
		String tokenType = readable(() -> json.text("token_type"));
		Instant createdAt = readable(() -> json.instant("created_at"));
		return new AccessToken(accessToken, (tokenType != null) ? tokenType : "Bearer",
				(expiresIn != null) ? expiresIn : WITHOUT_EXPIRY,
				(createdAt != null) ? createdAt : this.clock.instant());
	}

	/**
	 * Return a property that is not needed to use the token.
	 * @return its value, {@code null} also if it cannot be read
	 */
	private static <T> @Nullable T readable(Supplier<@Nullable T> property) {
		try {
			return property.get();
		}
		catch (UnreadableJsonException ex) {
			return null;
		}
	}

}
