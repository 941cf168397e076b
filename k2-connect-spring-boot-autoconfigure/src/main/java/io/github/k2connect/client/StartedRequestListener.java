package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.github.k2connect.K2Exception;
import org.apiguardian.api.API;

/**
 * Listener for requests that start something, called before and after they are sent.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface StartedRequestListener {

	/**
	 * Called before a request is sent. If this method throws, nothing is sent.
	 * @param account the name of the account that starts it
	 * @param resource the last segment of the address, for example
	 * {@code incoming_payments}
	 * @param metadata the metadata of the request, empty if it has none
	 * @return the listener for the end of the request
	 * @throws K2Exception if the request must not be sent
	 */
	StartedRequest begin(String account, String resource, Map<String, String> metadata);

	/**
	 * Called before a status request of a caller that waits for a result. The request
	 * counts in the same limit as those of the listener.
	 * @return how long to wait before the request is sent, zero without a limit
	 */
	default Duration delayStatusRequest() {
		return Duration.ZERO;
	}

	/**
	 * Return a listener that does nothing.
	 * @return the listener
	 */
	static StartedRequestListener none() {
		return (account, resource, metadata) -> StartedRequest.IGNORED;
	}

	/**
	 * Listener for the end of one request. Its methods never throw.
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
			public void failed() {
			}

		};

		/**
		 * Called when Kopo Kopo has accepted the request.
		 * @param location the URL of the resource
		 */
		void started(URI location);

		/**
		 * Called before the caller gets an exception. A {@link K2Exception} says whether
		 * the outcome is known; in case of any other exception nothing was sent.
		 */
		void failed();

	}

}
