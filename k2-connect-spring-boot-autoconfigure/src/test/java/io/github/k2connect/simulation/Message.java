package io.github.k2connect.simulation;

import java.nio.charset.StandardCharsets;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A message of Kopo Kopo.
 *
 * @param account the name of the account that it is for
 * @param event the name of its event: what the listener writes as its effect
 * @param key the key of its event in the database
 * @param json the body
 */
record Message(String account, String event, String key, String json) {

	static final String TYPE = "incoming_payment";

	static Message webhook(String account, String topic, String id, int number) {
		return of(account, """
				{"topic": "%s", "id": "%s", "number": %d}""".formatted(topic, id, number));
	}

	static Message result(String account, String id, String status, int number) {
		return of(account, resultJson(id, status, number));
	}

	static String resultJson(String id, String status, int number) {
		return """
				{"data": {"id": "%s", "type": "%s", "attributes": {"status": "%s", "metadata": {"number": "%d"}}}}"""
			.formatted(id, TYPE, status, number);
	}

	private static Message of(String account, String json) {
		ReceivedEvent received = ReceivedEvent.decode(json.getBytes(StandardCharsets.UTF_8), account);
		return new Message(account, nameOf(received.event()), received.identity().key(), json);
	}

	/**
	 * Return the name of an event, which has one effect.
	 */
	static String nameOf(Object event) {
		if (event instanceof UnresolvedK2Request unresolved) {
			return unresolvedName(unresolved.account(),
					(unresolved.location() != null) ? unresolved.id() : unresolved.startedAt());
		}
		if (event instanceof MissedTillPayment missed) {
			return missedName(missed.account(), String.valueOf(missed.reference()));
		}
		if (event instanceof StkPushResult result) {
			return resultName(result.account(), result.id(), result.status())
					+ (result.isPending() ? " " + result.metadata().get("number") : "");
		}
		K2Event webhook = (K2Event) event;
		return webhook.account() + " " + webhook.getClass().getSimpleName() + " " + webhook.id();
	}

	static String resultName(String account, String id, @Nullable String status) {
		return account + " " + K2ResultEvent.class.getSimpleName() + " " + id + " " + status;
	}

	static String unresolvedName(String account, Object idOrTime) {
		return account + " " + UnresolvedK2Request.class.getSimpleName() + " " + idOrTime;
	}

	static String missedName(String account, String reference) {
		return account + " " + MissedTillPayment.class.getSimpleName() + " " + reference;
	}

	byte[] body() {
		return this.json.getBytes(StandardCharsets.UTF_8);
	}

}
