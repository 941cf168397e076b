package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What goes wrong at the simulator, to be switched on with
 * {@link K2Simulator#inject(SimulatedFault)}.
 * <p>
 * Faults of the API hit every request under {@code /api} and {@code /oauth}: each attempt
 * is a request. Faults of callbacks hit every result and webhook that the simulator sends
 * by itself: all attempts of a message count as one. What a test delivers with
 * {@code deliver(…)} is never hit.
 * <p>
 * Of faults that exclude each other, such as two statuses, the one that was injected
 * first is in effect until it is used up.
 */
public abstract sealed class SimulatedFault permits ApiFault, CallbackFault {

	private final String name;

	private final Kind kind;

	SimulatedFault(String name, Kind kind) {
		this.name = name;
		this.kind = kind;
	}

	/**
	 * Respond with an error, and do nothing else.
	 * @param status the HTTP status, 400 to 599
	 * @return the fault
	 * @throws IllegalArgumentException when it is not the status of an error
	 */
	public static SimulatedFault status(int status) {
		if (status < 400 || status > 599) {
			throw new IllegalArgumentException("The status of an error is 400 to 599, not " + status);
		}
		return ApiFault.responding("status " + status, Responses.fault(status));
	}

	/**
	 * Respond with status 429, and do nothing else.
	 * @param retryAfter the value of {@code Retry-After}, in whole seconds
	 * @return the fault
	 */
	public static SimulatedFault tooManyRequests(Duration retryAfter) {
		return ApiFault.responding("status 429, Retry-After " + retryAfter.toSeconds(),
				Responses.tooManyRequests(retryAfter));
	}

	/**
	 * Delay the response. The request has its effect at once.
	 * @param delay the delay
	 * @return the fault
	 */
	public static SimulatedFault slow(Duration delay) {
		return ApiFault.delaying(delay);
	}

	/**
	 * Accept the request, and close the connection without a response. The request has
	 * its effect: a callback comes.
	 * @return the fault
	 */
	public static SimulatedFault connectionCut() {
		return ApiFault.cuttingConnection();
	}

	/**
	 * Close the connection without a response, and do nothing else.
	 * @return the fault
	 */
	public static SimulatedFault down() {
		return ApiFault.responding("down", Responses.none());
	}

	/**
	 * Revoke the access token of a request before it is read. Requests without a token
	 * are not hit.
	 * @return the fault
	 */
	public static SimulatedFault tokenRevoked() {
		return ApiFault.revokingToken();
	}

	/**
	 * Lose a message with all its attempts. The status of its request becomes final.
	 * @return the fault
	 */
	public static SimulatedFault callbackLost() {
		return CallbackFault.of(Kind.LOSS, "callback lost", Message::lose);
	}

	/**
	 * Deliver a message late.
	 * @param delay how late
	 * @return the fault
	 */
	public static SimulatedFault callbackLate(Duration delay) {
		return CallbackFault.of(Kind.LATENESS, "callback late by " + delay.toMillis() + " ms",
				(message) -> message.delayed(delay));
	}

	/**
	 * Deliver a message twice: again when it was accepted with status 200 or given up.
	 * @return the fault
	 */
	public static SimulatedFault callbackTwice() {
		return new CallbackFault(Kind.REPETITION, "callback twice", (message) -> true,
				(message) -> List.of(message, message));
	}

	/**
	 * Deliver a message after the next one. A message that no other follows is delivered
	 * by {@link K2Simulator#heal()}.
	 * @return the fault
	 */
	public static SimulatedFault callbackOutOfOrder() {
		return CallbackFault.of(Kind.ORDER, "callback out of order", (message) -> message);
	}

	/**
	 * Sign a message with a key that is nobody's.
	 * @return the fault
	 */
	public static SimulatedFault callbackWronglySigned() {
		WebhookSigner wrong = new WebhookSigner(Identifiers.id());
		return CallbackFault.of(Kind.SIGNATURE, "callback wrongly signed", (message) -> message.signedBy(wrong));
	}

	/**
	 * Deliver a message to the path {@code /wrong-address}.
	 * @return the fault
	 */
	public static SimulatedFault callbackToWrongAddress() {
		return CallbackFault.of(Kind.ADDRESS, "callback to a wrong address",
				(message) -> message.to(message.url().resolve(URI.create("/wrong-address"))));
	}

	/**
	 * Deliver the result of a paid STK push, whose status is {@code Success}, without the
	 * M-PESA reference. Other messages are not hit. The status of the request has the
	 * reference.
	 * @return the fault
	 */
	public static SimulatedFault successWithoutReference() {
		return CallbackFault.removingReference();
	}

	/**
	 * Return what the fault changes. Of two faults with the same kind, only the first is
	 * in effect.
	 */
	Kind kind() {
		return this.kind;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What a fault changes.
	 */
	enum Kind {

		/**
		 * The response of the API.
		 */
		RESPONSE,

		/**
		 * How long the response takes.
		 */
		DELAY,

		/**
		 * The content of a message.
		 */
		CONTENT,

		/**
		 * The signature of a message.
		 */
		SIGNATURE,

		/**
		 * The URL of a message.
		 */
		ADDRESS,

		/**
		 * Whether a message arrives.
		 */
		LOSS,

		/**
		 * When a message is sent.
		 */
		LATENESS,

		/**
		 * How often a message is sent.
		 */
		REPETITION,

		/**
		 * The order of messages.
		 */
		ORDER

	}

}
