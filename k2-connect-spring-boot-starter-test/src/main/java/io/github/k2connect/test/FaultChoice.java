package io.github.k2connect.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Faults that the page offers.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum FaultChoice {

	INTERNAL_SERVER_ERROR("Status 500", "A request gets status 500 and has no effect.",
			() -> SimulatedFault.status(500)),

	SERVICE_UNAVAILABLE("Status 503", "A request gets status 503 and has no effect.", () -> SimulatedFault.status(503)),

	TOO_MANY_REQUESTS("Status 429",
			"A request gets status 429, is to be repeated after the seconds below, and has no effect.",
			SimulatedFault::tooManyRequests),

	DOWN("Down", "The connection is closed without a response. The request has no effect.", SimulatedFault::down),

	CONNECTION_CUT("Connection cut", "The request has its effect, but the connection is closed without a response.",
			SimulatedFault::connectionCut),

	SLOW("Slow", "The response is delayed by the seconds below.", SimulatedFault::slow),

	TOKEN_REVOKED("Token revoked", "The access token of a request is revoked.", SimulatedFault::tokenRevoked),

	CALLBACK_LOST("Callback lost", "A callback never arrives.", SimulatedFault::callbackLost),

	CALLBACK_LATE("Callback late", "A callback arrives late by the seconds below.", SimulatedFault::callbackLate),

	CALLBACK_TWICE("Callback twice", "A callback is delivered again after it was accepted.",
			SimulatedFault::callbackTwice),

	CALLBACK_OUT_OF_ORDER("Callbacks out of order", "A callback arrives after the next one.",
			SimulatedFault::callbackOutOfOrder),

	CALLBACK_WRONGLY_SIGNED("Callback wrongly signed", "A callback is signed with a key that is nobody's.",
			SimulatedFault::callbackWronglySigned),

	CALLBACK_TO_WRONG_ADDRESS("Callback to a wrong address", "A callback is sent to /wrong-address.",
			SimulatedFault::callbackToWrongAddress),

	SUCCESS_WITHOUT_REFERENCE("Success without a reference", "The result of a paid push has no M-PESA reference.",
			SimulatedFault::successWithoutReference);

	private final String label;

	private final String effect;

	private final boolean takesSeconds;

	private final Function<Duration, SimulatedFault> fault;

	FaultChoice(String label, String effect, Supplier<SimulatedFault> fault) {
		this.label = label;
		this.effect = effect;
		this.takesSeconds = false;
		this.fault = (seconds) -> fault.get();
	}

	FaultChoice(String label, String effect, Function<Duration, SimulatedFault> fault) {
		this.label = label;
		this.effect = effect;
		this.takesSeconds = true;
		this.fault = fault;
	}

	/**
	 * Return the fault with an id.
	 * @throws IllegalArgumentException when there is none
	 */
	static FaultChoice of(String id) {
		return Arrays.stream(values())
			.filter((choice) -> choice.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Choose a fault"));
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	String label() {
		return this.label;
	}

	String effect() {
		return this.effect;
	}

	boolean takesSeconds() {
		return this.takesSeconds;
	}

	SimulatedFault create(Duration duration) {
		return this.fault.apply(duration);
	}

}
