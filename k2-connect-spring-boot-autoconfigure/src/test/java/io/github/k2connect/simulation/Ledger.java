package io.github.k2connect.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is promised: the events that were answered 200, and the payments that were
 * started.
 */
final class Ledger {

	private final Set<String> written = new HashSet<>();

	private final Map<String, Message> accepted = new LinkedHashMap<>();

	private final List<Message> delivered = new ArrayList<>();

	private final List<StartedPayment> payments = new ArrayList<>();

	private final Map<String, Integer> attempts = new LinkedHashMap<>();

	private final Map<String, Integer> deaths = new LinkedHashMap<>();

	/**
	 * Record that Kopo Kopo has written a message.
	 */
	void written(Message message) {
		this.written.add(message.event());
	}

	boolean isWritten(String event) {
		return this.written.contains(event);
	}

	void delivered(Message message) {
		this.delivered.add(message);
	}

	List<Message> delivered() {
		return this.delivered;
	}

	/**
	 * Record that a message was answered 200.
	 */
	void accepted(Message message) {
		this.accepted.put(message.event(), message);
	}

	Iterable<Message> accepted() {
		return this.accepted.values();
	}

	void started(StartedPayment payment) {
		this.payments.add(payment);
	}

	List<StartedPayment> payments() {
		return this.payments;
	}

	/**
	 * Record an attempt to handle an event of the inbox.
	 */
	void attempted(String key) {
		this.attempts.merge(key, 1, Integer::sum);
	}

	/**
	 * Record that an attempt was declared dead.
	 */
	void died(String key) {
		this.deaths.merge(key, 1, Integer::sum);
	}

	int attempts(String key) {
		return this.attempts.getOrDefault(key, 0);
	}

	int deaths(String key) {
		return this.deaths.getOrDefault(key, 0);
	}

	/**
	 * Forget all attempts of an event.
	 */
	void forget(String key) {
		forget(key, attempts(key), deaths(key));
	}

	/**
	 * Forget attempts of an event, which may have so many again.
	 */
	void forget(String key, int attempts, int deaths) {
		this.attempts.merge(key, -attempts, Integer::sum);
		this.deaths.merge(key, -deaths, Integer::sum);
	}

}
