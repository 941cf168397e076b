package io.github.k2connect.test;

import java.util.List;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;

/**
 * The events that an application would get for messages.
 */
final class Events {

	private static final String API_KEY = "api-key";

	private Events() {
	}

	static K2Event of(MessageJson message, String account) {
		byte[] body = message.bytes();
		return new WebhookParser(new SignatureVerifier(API_KEY, List.of()), account).parse(body,
				new WebhookSigner(API_KEY).sign(body));
	}

	/**
	 * Return the event of a message.
	 * @throws IllegalArgumentException if it has another type
	 */
	static <T extends K2Event> T of(MessageJson message, Class<T> type, String account) {
		K2Event event = of(message, account);
		if (type.isInstance(event)) {
			return type.cast(event);
		}
		String reason = (event instanceof UnrecognizedK2Event unrecognized) ? ": " + unrecognized.reason() : "";
		throw new IllegalArgumentException(
				"The message is no " + type.getSimpleName() + ", but a " + event.getClass().getSimpleName() + reason);
	}

}
