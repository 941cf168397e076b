package io.github.k2connect.webhook.endpoint;

import java.time.Clock;
import java.time.Duration;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.http.HttpStatus;

/**
 * Endpoints without a web server.
 */
public final class Endpoints {

	private Endpoints() {
	}

	/**
	 * Create an endpoint with a ticker.
	 */
	public static Receiving create(WebhookAccounts parsers, EventReceiver receiver, Ticker ticker) {
		WebhookEndpoint endpoint = endpoint(parsers, receiver, 1024, Duration.ofSeconds(10), ObservationRegistry.NOOP,
				ticker);
		return (account, body, signature) -> receive(endpoint, account, body, signature).value();
	}

	/**
	 * Deliver a message.
	 */
	static HttpStatus receive(WebhookEndpoint endpoint, String account, byte[] body, @Nullable String signature) {
		return delivery(endpoint, account, signature).arrived(body).receive();
	}

	/**
	 * Begin the delivery of a message of unknown length.
	 */
	static Delivery delivery(WebhookEndpoint endpoint, String account, @Nullable String signature) {
		return new Delivery(endpoint, account, signature, -1, false);
	}

	static WebhookEndpoint endpoint(WebhookAccounts parsers, EventReceiver receiver, int maxBodySize,
			Duration readTimeout, ObservationRegistry observations) {
		return endpoint(parsers, receiver, maxBodySize, readTimeout, observations, Ticker.SYSTEM);
	}

	private static WebhookEndpoint endpoint(WebhookAccounts parsers, EventReceiver receiver, int maxBodySize,
			Duration readTimeout, ObservationRegistry observations, Ticker ticker) {
		return new WebhookEndpoint(parsers, receiver, maxBodySize, readTimeout, new UnfinishedMessages(Long.MAX_VALUE),
				observations, new LastDeliveries(Clock.systemUTC()), ticker);
	}

	/**
	 * Return the endpoint of an application.
	 */
	public static Receiving of(BeanFactory application) {
		WebhookEndpoint endpoint = application.getBean(WebhookEndpoint.class);
		return (account, body, signature) -> receive(endpoint, account, body, signature).value();
	}

	/**
	 * An endpoint that receives messages.
	 */
	@FunctionalInterface
	public interface Receiving {

		/**
		 * Receive a message.
		 * @return the status of the response
		 */
		int receive(String account, byte[] body, @Nullable String signature);

	}

}
