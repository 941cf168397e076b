package io.github.k2connect.test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The phones that were asked for a payment, or that a test or a hand uses.
 */
final class Phones {

	private final Map<String, Phone> phones = new ConcurrentHashMap<>();

	private final Duration ringTime;

	private final boolean interactiveAtFirst;

	private volatile boolean interactive;

	private final Consumer<SimulatedResource> answered;

	/**
	 * Create phones.
	 * @param interactive whether numbers that are not in the table of outcomes ring
	 * @param ringTime how long they ring
	 * @param answered what to do with a push that was answered
	 */
	Phones(boolean interactive, Duration ringTime, Consumer<SimulatedResource> answered) {
		this.interactiveAtFirst = interactive;
		this.interactive = interactive;
		this.ringTime = ringTime;
		this.answered = answered;
	}

	/**
	 * Create phones whose owners pay without being asked.
	 */
	static Phones thatPay() {
		return new Phones(false, Duration.ZERO, (resource) -> {
		});
	}

	/**
	 * Set whether numbers that are not in the table of outcomes ring from now on.
	 */
	void interactive(boolean newInteractive) {
		this.interactive = newInteractive;
	}

	boolean isInteractive() {
		return this.interactive;
	}

	/**
	 * Return the phone of a number, in any form that people write.
	 */
	Phone get(String phoneNumber) {
		return this.phones.computeIfAbsent(PhoneNumbers.international(phoneNumber),
				(number) -> new Phone(number, this::isInteractive));
	}

	/**
	 * Return all phones, by number.
	 */
	List<Phone> all() {
		return this.phones.values().stream().sorted(Comparator.comparing(Phone::number)).toList();
	}

	/**
	 * Take all phones away, and let them ring or pay as at first. Those that ring stop.
	 */
	void clear() {
		this.interactive = this.interactiveAtFirst;
		this.phones.values().forEach(Phone::stopRinging);
		this.phones.clear();
	}

	/**
	 * Ring the phone that a push asks, unless its number is in the table of outcomes.
	 */
	void ring(String phoneNumber, SimulatedResource push) {
		Phone phone = get(phoneNumber);
		if (this.interactive && PushAnswer.of(phone.number()).isEmpty()) {
			phone.ring(new PaymentPrompt(phone, push, () -> this.answered.accept(push)),
					() -> push.dueAt(push.request().receivedAt().plus(this.ringTime)));
		}
	}

	/**
	 * Return the answer to a push that is due.
	 */
	PushAnswer answer(String phoneNumber, ResourceRequest push) {
		return get(phoneNumber).answer(push);
	}

}
