package io.github.k2connect.subscription;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.github.k2connect.subscription.DeclaredSubscription.State;
import org.jspecify.annotations.Nullable;

/**
 * The data of a declared subscription in the table of tasks, as a JSON object. Later
 * versions must be able to read it.
 *
 * @param name the name for log messages
 * @param phase the phase
 * @param location the URL at Kopo Kopo, or {@code null} if the subscription is not
 * created or its URL is unknown
 * @param failures how often in a row it was rejected or not found
 * @param lastSeen when a status request last found it, or {@code null}
 * @param declaration what the application has declared, or {@code null} if the
 * subscription is in the configuration, which only some instances may have
 */
record SubscriptionState(String name, Phase phase, @Nullable URI location, int failures, @Nullable Instant lastSeen,
		@Nullable Declaration declaration) {

	/**
	 * Return the state of a subscription in the configuration.
	 */
	static SubscriptionState configured(Declaration declaration) {
		return new SubscriptionState(declaration.name(), Phase.DECLARED, null, 0, null, null);
	}

	/**
	 * Return the state of a subscription that the application declares while it runs.
	 */
	static SubscriptionState declared(Declaration declaration) {
		return configured(declaration).with(declaration);
	}

	SubscriptionState with(Declaration declaration) {
		return new SubscriptionState(this.name, this.phase, this.location, this.failures, this.lastSeen, declaration);
	}

	SubscriptionState declaredAgain() {
		return with(Phase.DECLARED, null, 0, null);
	}

	SubscriptionState sending() {
		return with(Phase.SENDING, null, this.failures, null);
	}

	SubscriptionState refused() {
		return with(Phase.DECLARED, null, this.failures + 1, null);
	}

	SubscriptionState uncertain() {
		return with(Phase.UNCERTAIN, null, 0, null);
	}

	SubscriptionState made(URI location) {
		return with(Phase.MADE, location, 0, null);
	}

	SubscriptionState seen(Instant time) {
		return with(Phase.SEEN, this.location, 0, time);
	}

	SubscriptionState missing() {
		return with(this.phase, this.location, this.failures + 1, this.lastSeen);
	}

	private SubscriptionState with(Phase phase, @Nullable URI location, int failures, @Nullable Instant lastSeen) {
		return new SubscriptionState(this.name, phase, location, failures, lastSeen, this.declaration);
	}

	String write() {
		JsonBody json = new JsonBody().put("name", this.name)
			.put("state", this.phase.name().toLowerCase(Locale.ROOT))
			.putText("location", this.location)
			.put("failures", this.failures)
			.putText("lastSeen", this.lastSeen);
		if (this.declaration != null) {
			json.put("declaration", this.declaration.toJson());
		}
		return json.toText();
	}

	/**
	 * Read the text that {@link #write()} returned.
	 * @throws UnreadableJsonException if it is another text
	 */
	static SubscriptionState read(String text) {
		JsonObject json = JsonObject.parse(text);
		return new SubscriptionState(json.requiredText("name"),
				Phase.valueOf(json.requiredText("state").toUpperCase(Locale.ROOT)), json.uri("location"),
				(int) json.count("failures"), json.instant("lastSeen"),
				Declaration.from(json.objectOrNull("declaration")));
	}

	/**
	 * The phase of a subscription.
	 */
	enum Phase {

		/**
		 * The subscription is not created yet.
		 */
		DECLARED(State.WAITING),

		/**
		 * The next execution sends the request. If that execution crashes, the request
		 * may have been sent.
		 */
		SENDING(State.WAITING),

		/**
		 * It is unknown whether the subscription was created. It is not created again
		 * automatically, because every subscription delivers each message.
		 */
		UNCERTAIN(State.UNKNOWN),

		/**
		 * The subscription is created.
		 */
		MADE(State.CREATED),

		/**
		 * The subscription is created, and a status request has found it.
		 */
		SEEN(State.CREATED);

		private final State state;

		Phase(State state) {
			this.state = state;
		}

		/**
		 * Return the state that the application sees.
		 */
		State state() {
			return this.state;
		}

	}

}
