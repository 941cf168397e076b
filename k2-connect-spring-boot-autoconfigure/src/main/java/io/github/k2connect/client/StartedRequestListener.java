package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.Violation;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Listener for the requests that start something at Kopo Kopo.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface StartedRequestListener {

	/**
	 * Called before a request is sent. If this method throws, nothing is sent.
	 * @param request the request
	 * @return the listener for the end of the request
	 * @throws K2Exception if the request must not be sent
	 */
	StartedRequest begin(NewRequest request);

	/**
	 * Called before a status request of a caller that waits for a result. The request
	 * counts in the same limit as those of the listener.
	 * @return how long to wait before the request is sent, zero without a limit
	 */
	default Duration delayStatusRequest() {
		return Duration.ZERO;
	}

	/**
	 * Return a listener that does nothing, and rejects requests with an idempotency key.
	 * @return the listener
	 */
	static StartedRequestListener none() {
		return (request) -> {
			if (request.key() != null) {
				throw keyNotPossible("needs the database in which k2-connect remembers keys. In an application with"
						+ " Spring Boot, add spring-boot-starter-jdbc, configure a database, and do not set"
						+ " k2.store.type to memory or none");
			}
			return StartedRequest.IGNORED;
		};
	}

	/**
	 * Return the exception for a request whose idempotency key cannot be used.
	 * @param problem the rest of a sentence that begins with the property
	 * @return the exception
	 */
	static InvalidK2RequestException keyNotPossible(String problem) {
		return new InvalidK2RequestException(List.of(new Violation("idempotencyKey", "idempotencyKey " + problem)));
	}

	/**
	 * A request that is about to be sent.
	 *
	 * @param account the name of the account that starts it
	 * @param resource the last segment of the address, for example
	 * {@code incoming_payments}
	 * @param metadata the metadata of the request, empty if it has none
	 * @param key the idempotency key, or {@code null}
	 * @param settings the settings of the call
	 */
	record NewRequest(String account, String resource, Map<String, String> metadata, @Nullable IdempotencyKey key,
			K2ClientSettings settings) {

	}

	/**
	 * Listener for one request. Only {@link #beforeSending()} throws.
	 */
	interface StartedRequest {

		/**
		 * A listener that does nothing.
		 */
		StartedRequest IGNORED = new StartedRequest() {

			@Override
			public void started(URI location) {
			}

			@Override
			public void failed(Throwable failure) {
			}

		};

		/**
		 * Return the location that an earlier request with the same idempotency key has
		 * returned. The request is not sent then, and no other method is called.
		 * @return the location, or {@code null} if the request is to be sent
		 */
		default @Nullable K2Location known() {
			return null;
		}

		/**
		 * Called just before the request is sent, each time: there may be several
		 * attempts. If this method throws, this attempt is not sent.
		 * @throws K2Exception if the request must not be sent any more
		 */
		default void beforeSending() {
		}

		/**
		 * Called when Kopo Kopo has accepted the request.
		 * @param location the URL of the resource
		 */
		void started(URI location);

		/**
		 * Called before the caller gets an exception or an error.
		 * @param failure the exception or error
		 */
		void failed(Throwable failure);

	}

}
