package io.github.k2connect.followup;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of a declared subscription. Its text is a JSON object, which later
 * versions must go on to read.
 *
 * @param name what people call it
 * @param state how far it has come
 * @param location its address at Kopo Kopo, or {@code null} while it is not made
 * @param failures how often in a row it could not be made, or was not found
 */
record SubscriptionNote(String name, State state, @Nullable URI location, int failures) {

	static SubscriptionNote declared(String name) {
		return new SubscriptionNote(name, State.DECLARED, null, 0);
	}

	SubscriptionNote declaredAgain() {
		return declared(this.name);
	}

	SubscriptionNote sending() {
		return new SubscriptionNote(this.name, State.SENDING, null, this.failures);
	}

	SubscriptionNote refused() {
		return new SubscriptionNote(this.name, State.DECLARED, null, this.failures + 1);
	}

	SubscriptionNote uncertain() {
		return new SubscriptionNote(this.name, State.UNCERTAIN, null, 0);
	}

	SubscriptionNote made(URI location) {
		return new SubscriptionNote(this.name, State.MADE, location, 0);
	}

	SubscriptionNote seen() {
		return new SubscriptionNote(this.name, State.SEEN, this.location, 0);
	}

	SubscriptionNote missing() {
		return new SubscriptionNote(this.name, this.state, this.location, this.failures + 1);
	}

	String write() {
		byte[] json = new JsonBody().put("name", this.name)
			.put("state", this.state.name().toLowerCase(Locale.ROOT))
			.put("location", (this.location != null) ? this.location.toString() : null)
			.put("failures", BigDecimal.valueOf(this.failures))
			.toBytes();
		return new String(json, StandardCharsets.UTF_8);
	}

	/**
	 * Read what {@link #write()} wrote.
	 * @throws UnreadableJsonException if it is something else
	 */
	static SubscriptionNote read(String text) {
		JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
		BigDecimal failures = json.amount("failures");
		return new SubscriptionNote(json.requiredText("name"),
				State.valueOf(json.requiredText("state").toUpperCase(Locale.ROOT)), json.uri("location"),
				(failures != null) ? failures.intValue() : 0);
	}

	/**
	 * How far a subscription has come.
	 */
	enum State {

		/**
		 * It is to be made.
		 */
		DECLARED,

		/**
		 * The next execution sends the request. If that one does not come to its end, the
		 * request may have been sent.
		 */
		SENDING,

		/**
		 * It may have been made or not. It is not made again by itself, since every
		 * subscription delivers.
		 */
		UNCERTAIN,

		/**
		 * It was made.
		 */
		MADE,

		/**
		 * It was made, and Kopo Kopo has known it since.
		 */
		SEEN

	}

}
