package io.github.k2connect.webhook;

import java.time.Duration;

import io.github.k2connect.Ticker;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Access to a {@link WebhookEndpoint} without a web server.
 */
public final class Endpoints {

	private Endpoints() {
	}

	/**
	 * Create an endpoint whose time a test decides.
	 */
	public static WebhookEndpoint create(WebhookParsers parsers, EventReceiver receiver, Ticker ticker) {
		return new WebhookEndpoint(parsers, receiver, 1024, Duration.ofSeconds(10), ObservationRegistry.NOOP, ticker);
	}

	/**
	 * Receive a message.
	 * @return the status of the response
	 */
	public static int receive(WebhookEndpoint endpoint, String account, byte[] body, @Nullable String signature) {
		return endpoint.receive(account, body, signature).value();
	}

}
