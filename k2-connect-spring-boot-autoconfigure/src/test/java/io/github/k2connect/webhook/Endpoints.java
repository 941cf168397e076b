package io.github.k2connect.webhook;

import org.jspecify.annotations.Nullable;

/**
 * Access to a {@link WebhookEndpoint} without a web server.
 */
public final class Endpoints {

	private Endpoints() {
	}

	/**
	 * Receive a message.
	 * @return the status of the response
	 */
	public static int receive(WebhookEndpoint endpoint, String account, byte[] body, @Nullable String signature) {
		return endpoint.receive(account, body, signature).value();
	}

}
