package io.github.k2connect.client;

import java.net.URI;

import io.github.k2connect.K2Exception;
import org.apiguardian.api.API;

/**
 * Learns of every request that starts something, before it is sent and after.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface StartedRequestListener {

	/**
	 * Begin a request. When this throws, nothing is sent.
	 * @param account the name of the account that starts it
	 * @param resource the last segment of the address, for example
	 * {@code incoming_payments}
	 * @return what learns how the request ends
	 * @throws K2Exception if it must not be sent
	 */
	StartedRequest begin(String account, String resource);

	/**
	 * Return a listener that does nothing.
	 * @return the listener
	 */
	static StartedRequestListener none() {
		return (account, resource) -> StartedRequest.IGNORED;
	}

	/**
	 * A request that is being sent. Its methods never throw.
	 */
	interface StartedRequest {

		/**
		 * A request that nobody is interested in.
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
		 * Kopo Kopo has accepted the request.
		 * @param location the address of what was started
		 */
		void started(URI location);

		/**
		 * The caller gets a {@link K2Exception}, which says whether the outcome is known.
		 */
		void failed();

	}

}
