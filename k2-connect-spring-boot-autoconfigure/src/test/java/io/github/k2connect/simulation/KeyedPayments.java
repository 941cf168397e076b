package io.github.k2connect.simulation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2RequestNotSentException;

/**
 * The payments with an idempotency key, and the people who look after the keys. They look
 * at Kopo Kopo before they release a key.
 */
final class KeyedPayments {

	private static final List<String> KEYS = List.of("k1", "k2");

	/**
	 * After this time no request is on its way.
	 */
	private static final Duration LONGEST_SENDING = Duration.ofMinutes(2);

	private final World world;

	KeyedPayments(World world) {
		this.world = world;
	}

	/**
	 * Start a payment with any key.
	 */
	void startPayment(SimulatedInstance instance) {
		startPayment(this.world.pickAccount(), instance, this.world.pick(KEYS));
	}

	private StartedPayment startPayment(String account, SimulatedInstance instance, String key) {
		StartedPayment payment = this.world.startPayment(account, instance, key);
		boolean refused = payment.failure instanceof K2DuplicateRequestException
				|| payment.failure instanceof K2RequestNotSentException;
		if (refused && payment.id != null) {
			this.world.violate(payment + " was sent, and the caller was told that it was not");
		}
		if (payment.returned != null && accepted(account, key).noneMatch(payment.returned::equals)) {
			this.world.violate(payment + " returned " + payment.returned + ", which is another payment");
		}
		return payment;
	}

	/**
	 * Resolve or release any key, after a look at Kopo Kopo.
	 */
	void settleAny(SimulatedInstance instance) {
		try {
			List<UnresolvedKey> unresolved = instance.keys().unresolved();
			if (!unresolved.isEmpty()) {
				settle(instance, this.world.pick(unresolved));
			}
		}
		catch (RuntimeException ex) {
			this.world.say("failed: " + ex.getClass().getSimpleName());
		}
	}

	private void settle(SimulatedInstance instance, UnresolvedKey key) {
		List<String> accepted = accepted(key.account(), key.key()).toList();
		if (accepted.isEmpty()) {
			this.world.say("release " + key.key() + " of " + key.account() + " at " + instance);
			this.world.say("released: " + instance.keys().release(key.account(), key.key()));
		}
		else {
			this.world.say("resolve " + key.key() + " of " + key.account() + " at " + instance);
			K2Location location = K2Location
				.of(SimulatedKopoKopo.ORIGIN + "/api/v1/incoming_payments/" + accepted.get(0));
			this.world.say("resolved: " + instance.keys().resolve(key.account(), key.key(), location));
		}
	}

	/**
	 * Return the ids of the payments of a key that Kopo Kopo has accepted.
	 */
	private Stream<String> accepted(String account, String key) {
		return this.world.ledger()
			.payments()
			.stream()
			.filter((payment) -> payment.has(account, key))
			.flatMap((payment) -> Stream.ofNullable(payment.id));
	}

	/**
	 * Verify that Kopo Kopo has accepted one payment at most of each key.
	 */
	void verify() {
		for (String account : SimulatedAccounts.NAMES) {
			for (String key : KEYS) {
				List<String> accepted = accepted(account, key).toList();
				if (accepted.size() > 1) {
					this.world.violate("Kopo Kopo has accepted " + accepted + " for " + key + " of " + account);
				}
			}
		}
	}

	/**
	 * Verify that each key can be settled, and is then sent once.
	 */
	void verifyEnd() {
		if (!this.world.has(Fault.REQUESTS_REPEATED)) {
			return;
		}
		this.world.advance(LONGEST_SENDING);
		for (SimulatedInstance instance : this.world.instances()) {
			instance.keys().unresolved().forEach((key) -> settle(instance, key));
			for (String account : SimulatedAccounts.NAMES) {
				KEYS.forEach((key) -> verifyWorks(account, instance, key));
			}
		}
	}

	private void verifyWorks(String account, SimulatedInstance instance, String key) {
		if (startPayment(account, instance, key).returned == null || accepted(account, key).count() != 1) {
			this.world
				.violate(key + " of " + account + " does not work at " + instance + " after all faults had ended");
		}
	}

}
