package io.github.k2connect.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reason why a customer did not pay after an STK push. M-PESA sends the reason as a
 * sentence: each constant stands for the known sentences of one reason. Later versions
 * may have more constants: give a {@code switch} a default branch.
 */
public enum StkFailureReason {

	/**
	 * The customer's balance is too small.
	 */
	INSUFFICIENT_BALANCE("insufficient"),

	/**
	 * The customer cancelled the request on the phone.
	 */
	CANCELLED("cancell?ed by|did not authorize"),

	/**
	 * The customer entered a wrong PIN.
	 */
	WRONG_PIN("initiator information is invalid|wrong pin|invalid pin"),

	/**
	 * The phone is off or has no network.
	 */
	UNREACHABLE("cannot be reached|could not be reached"),

	/**
	 * The customer did not answer in time.
	 */
	EXPIRED("no response from user|timeout|timed out|time out|expired|took too long"),

	/**
	 * Another transaction of the customer is in process, or M-PESA is busy. The customer
	 * can try again later.
	 */
	BUSY("unable to lock subscriber|transaction is already in process|duplicate transaction|system busy"),

	/**
	 * Another or an unknown reason.
	 */
	OTHER("");

	private final Pattern sentence;

	StkFailureReason(String sentence) {
		this.sentence = Pattern.compile(sentence, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * Return the reason of the first known error.
	 */
	static StkFailureReason of(List<String> errors) {
		return errors.stream().map(StkFailureReason::of).filter((reason) -> reason != OTHER).findFirst().orElse(OTHER);
	}

	/**
	 * Return the first reason with a pattern that matches the error. The order matters:
	 * "DS timeout user cannot be reached" is {@link #UNREACHABLE}.
	 */
	private static StkFailureReason of(String error) {
		return Stream.of(values()).filter((reason) -> reason.sentence.matcher(error).find()).findFirst().orElse(OTHER);
	}

}
