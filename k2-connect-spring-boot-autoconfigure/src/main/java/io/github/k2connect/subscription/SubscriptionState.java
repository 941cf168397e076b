package io.github.k2connect.subscription;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The data of a declared subscription in db-scheduler's table, as a JSON object. Later
 * versions must be able to read it.
 *
 * @param name the name for log messages
 * @param phase the phase
 * @param location the URL at Kopo Kopo, or {@code null} if the subscription is not
 * created or its URL is unknown
 * @param failures how often in a row it was rejected or not found
 */
record SubscriptionState(String name, Phase phase, @Nullable URI location, int failures) {

	static SubscriptionState declared(String name) {
		return new SubscriptionState(name, Phase.DECLARED, null, 0);
	}

	SubscriptionState declaredAgain() {
		return declared(this.name);
	}

	SubscriptionState sending() {
		return new SubscriptionState(this.name, Phase.SENDING, null, this.failures);
	}

	SubscriptionState refused() {
		return new SubscriptionState(this.name, Phase.DECLARED, null, this.failures + 1);
	}

	SubscriptionState uncertain() {
		return new SubscriptionState(this.name, Phase.UNCERTAIN, null, 0);
	}

	SubscriptionState made(URI location) {
		return new SubscriptionState(this.name, Phase.MADE, location, 0);
	}

	SubscriptionState seen() {
		return new SubscriptionState(this.name, Phase.SEEN, this.location, 0);
	}

	SubscriptionState missing() {
		return new SubscriptionState(this.name, this.phase, this.location, this.failures + 1);
	}

	String write() {
		byte[] json = new JsonBody().put("name", this.name)
			.put("state", this.phase.name().toLowerCase(Locale.ROOT))
			.put("location", (this.location != null) ? this.location.toString() : null)
			.put("failures", BigDecimal.valueOf(this.failures))
			.toBytes();
		return new String(json, StandardCharsets.UTF_8);
	}

	/**
	 * Read the text that {@link #write()} returned.
	 * @throws UnreadableJsonException if it is another text
	 */
	static SubscriptionState read(String text) {
		JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
		BigDecimal failures = json.amount("failures");
		return new SubscriptionState(json.requiredText("name"),
				Phase.valueOf(json.requiredText("state").toUpperCase(Locale.ROOT)), json.uri("location"),
				(failures != null) ? failures.intValue() : 0);
	}

	/**
	 * The phase of a subscription.
	 */
	enum Phase {

		/**
		 * The subscription is not created yet.
		 */
		DECLARED,

		/**
		 * The next execution sends the request. If that execution crashes, the request
		 * may have been sent.
		 */
		SENDING,

		/**
		 * It is unknown whether the subscription was created. It is not created again
		 * automatically, because every subscription delivers each message.
		 */
		UNCERTAIN,

		/**
		 * The subscription is created.
		 */
		MADE,

		/**
		 * The subscription is created, and a status request has found it.
		 */
		SEEN

	}

}
