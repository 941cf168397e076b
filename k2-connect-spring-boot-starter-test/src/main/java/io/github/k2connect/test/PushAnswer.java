package io.github.k2connect.test;

import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How a customer or M-PESA answers an STK push.
 */
enum PushAnswer {

	PAYS(SimulatedPhoneNumber.PAYS, null),

	INSUFFICIENT_BALANCE(SimulatedPhoneNumber.INSUFFICIENT_BALANCE, "The balance is insufficient for the transaction"),

	CANCELS(SimulatedPhoneNumber.CANCELS, "The request was cancelled by the customer"),

	NEVER_ANSWERS(SimulatedPhoneNumber.NEVER_ANSWERS, null),

	WRONG_PIN(SimulatedPhoneNumber.WRONG_PIN, "The initiator information is invalid."),

	UNREACHABLE(SimulatedPhoneNumber.UNREACHABLE, "DS timeout user cannot be reached"),

	EXPIRES(SimulatedPhoneNumber.EXPIRES, "No response from user."),

	BUSY(SimulatedPhoneNumber.BUSY, "Unable to lock subscriber, a transaction is already in process"),

	FAILS(SimulatedPhoneNumber.FAILS, "The service request is not processed");

	private final String phoneNumber;

	private final @Nullable String error;

	PushAnswer(String phoneNumber, @Nullable String error) {
		this.phoneNumber = phoneNumber;
		this.error = error;
	}

	/**
	 * Find the answer of a number that is in the table of outcomes.
	 */
	static Optional<PushAnswer> of(String phoneNumber) {
		return Arrays.stream(values()).filter((answer) -> answer.phoneNumber.equals(phoneNumber)).findFirst();
	}

	/**
	 * Return the error in M-PESA's words.
	 * @return {@code null} when the push does not fail
	 */
	@Nullable String error() {
		return this.error;
	}

}
