package io.github.k2connect.event;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a customer did not pay after a request to the phone. M-PESA gives the reason as a
 * sentence; this type names the sentences that are known.
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
	 * The reason is another one, or is not known.
	 */
	OTHER("");

	private final Pattern sentence;

	StkFailureReason(String sentence) {
		this.sentence = Pattern.compile(sentence, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * Return the reason that the first known error gives.
	 */
	static StkFailureReason of(List<String> errors) {
		return errors.stream().map(StkFailureReason::of).filter((reason) -> reason != OTHER).findFirst().orElse(OTHER);
	}

	/**
	 * Return the first reason whose part of a sentence is in the error. The order counts:
	 * "DS timeout user cannot be reached" is {@link #UNREACHABLE}.
	 */
	private static StkFailureReason of(String error) {
		return Stream.of(values()).filter((reason) -> reason.sentence.matcher(error).find()).findFirst().orElse(OTHER);
	}

}
