package io.github.k2connect.test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The phones that were asked for a payment, or that a test or a hand uses. A thousand are
 * kept, those that were used last.
 */
final class Phones {

	private static final int MAX_COUNT = 1_000;

	private final Latest<String, Phone> phones = new Latest<>(MAX_COUNT, MAX_COUNT);

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
	synchronized Phone get(String phoneNumber) {
		String number = PhoneNumbers.international(phoneNumber);
		Phone known = this.phones.get(number);
		Phone phone = (known != null) ? known : new Phone(number, this::isInteractive);
		this.phones.put(number, phone, 1);
		return phone;
	}

	/**
	 * Return all phones, by number.
	 */
	List<Phone> all() {
		return this.phones.all().stream().sorted(Comparator.comparing(Phone::number)).toList();
	}

	/**
	 * Take all phones away, and let them ring or pay as at first. Those that ring stop.
	 */
	void clear() {
		this.interactive = this.interactiveAtFirst;
		this.phones.all().forEach(Phone::stopRinging);
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
