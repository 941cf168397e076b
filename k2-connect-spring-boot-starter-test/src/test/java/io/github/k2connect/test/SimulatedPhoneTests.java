package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SimulatedPhone} and {@link PaymentPrompt}, with pushes on the wire.
 */
class SimulatedPhoneTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Override
	K2Simulator.Builder customize(K2Simulator.Builder builder) {
		return builder.interactive();
	}

	@Test
	void promptShowsPush() {
		push("+254711222333", 450);
		PaymentPrompt prompt = this.simulator.phone("0711 222 333").awaitPrompt(TIMEOUT);
		assertThat(prompt.amount()).isEqualByComparingTo("450");
		assertThat(prompt.currency()).isEqualTo("KES");
		assertThat(prompt.tillNumber()).isEqualTo("K000000");
		assertThat(prompt.merchant()).isEqualTo("Duka Bora");
	}

	@Test
	void pushIsPendingUntilAnswered() throws Exception {
		URI location = push("+254711222333", 450);
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		assertThat(this.caller.attributes(location).path("status").asString()).isEqualTo("Pending");
		phone().awaitPrompt(TIMEOUT).enterPin();
		assertThat(this.caller.attributes(location).path("status").asString()).isEqualTo("Success");
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
		assertThat(phone().prompt()).isEmpty();
	}

	@Test
	void paymentTakesMoneyAndSendsMessage() throws Exception {
		push("+254711222333", 450);
		phone().awaitPrompt(TIMEOUT).enterPin("4821");
		String reference = nextResult("incoming_payment").at("/event/resource/reference").asString();
		assertThat(phone().balance()).isEqualByComparingTo("69550");
		assertThat(phone().messages()).containsExactly(
				reference + " Confirmed. Ksh450.00 paid to till K000000. New M-PESA balance is Ksh69,550.00.");
	}

	@Test
	void wrongPinFails() throws Exception {
		push("+254711222333", 450);
		phone().awaitPrompt(TIMEOUT).enterPin("0000");
		assertFailed("The initiator information is invalid.");
		assertThat(phone().balance()).isEqualByComparingTo("70000");
		assertThat(phone().messages()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "123", "12345", "12a4" })
	void rejectsPinThatIsNotFourDigits(String pin) {
		push("+254711222333", 450);
		PaymentPrompt prompt = phone().awaitPrompt(TIMEOUT);
		assertThatIllegalArgumentException().isThrownBy(() -> prompt.enterPin(pin));
	}

	@Test
	void cancelFails() throws Exception {
		push("+254711222333", 450);
		phone().awaitPrompt(TIMEOUT).cancel();
		assertFailed("The request was cancelled by the customer");
	}

	@Test
	void insufficientBalanceFails() throws Exception {
		phone().balance(new BigDecimal("449.99"));
		push("+254711222333", 450);
		phone().awaitPrompt(TIMEOUT).enterPin();
		assertFailed("The balance is insufficient for the transaction");
		assertThat(phone().balance()).isEqualByComparingTo("449.99");
	}

	@Test
	void phoneThatIsOffIsUnreachable() throws Exception {
		phone().switchOff();
		push("+254711222333", 450);
		assertThat(phone().prompt()).isEmpty();
		assertFailed("DS timeout user cannot be reached");
		phone().switchOn();
		push("+254711222333", 450);
		assertThat(phone().prompt()).isPresent();
	}

	@Test
	void secondPushFindsPhoneBusy() throws Exception {
		push("+254711222333", 450);
		push("+254711222333", 600);
		assertFailed("Unable to lock subscriber, a transaction is already in process");
		phone().awaitPrompt(TIMEOUT).enterPin();
		assertThat(nextResult("incoming_payment").at("/event/resource/amount").asString()).isEqualTo("450.0");
	}

	@Test
	void answeredPromptCannotBeAnsweredAgain() {
		push("+254711222333", 450);
		PaymentPrompt prompt = phone().awaitPrompt(TIMEOUT);
		prompt.cancel();
		assertThatIllegalStateException().isThrownBy(prompt::enterPin).withMessageContaining("CANCELS");
	}

	@Test
	void numberOfTheTableAnswersByItself() throws Exception {
		push(SimulatedPhoneNumber.PAYS, 450);
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
		push(SimulatedPhoneNumber.CANCELS, 450);
		assertFailed("The request was cancelled by the customer");
	}

	@Test
	void promptThatNobodySeesIsReported() {
		push("+254711000000", 450);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> phone().awaitPrompt(Duration.ofMillis(10)))
			.withMessageContaining("+254711222333 did not ring")
			.withMessageContaining("+254711000000 [KES 450.0 to till K000000: rings]");
	}

	@Test
	void paidAtTheTimeOfPin() throws Exception {
		push("+254711222333", 450);
		Instant before = Instant.now().minusSeconds(1);
		phone().awaitPrompt(TIMEOUT).enterPin();
		assertThat(
				OffsetDateTime.parse(nextResult("incoming_payment").at("/event/resource/origination_time").asString())
					.toInstant())
			.isBetween(before, Instant.now());
	}

	@Test
	void resetTakesPhonesAway() throws Exception {
		push("+254711222333", 450);
		PaymentPrompt prompt = phone().awaitPrompt(TIMEOUT);
		phone().balance(BigDecimal.ONE);
		this.simulator.reset();
		assertThat(phone().prompt()).isEmpty();
		assertThat(phone().balance()).isEqualByComparingTo("70000");
		assertThatIllegalStateException().isThrownBy(prompt::enterPin);
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void ignoredPromptExpires() throws Exception {
		try (K2Simulator quick = K2Simulator.builder()
			.interactive()
			.callbackOrigin(this.application.origin())
			.resultDelay(Duration.ofMillis(300))
			.start()) {
			new ApiCaller(quick).authenticate().create(PATH, Bodies.incomingPayment("+254711222333"));
			PaymentPrompt prompt = quick.phone("+254711222333").awaitPrompt(TIMEOUT);
			prompt.ignore();
			assertThat(nextResult("incoming_payment").at("/event/errors").asString())
				.isEqualTo("No response from user.");
			assertThat(quick.phone("+254711222333").prompt()).isEmpty();
			assertThatIllegalStateException().isThrownBy(prompt::enterPin);
		}
	}

	@Test
	void phonePaysByItselfUnlessInteractive() throws Exception {
		try (K2Simulator usual = K2Simulator.builder().callbackOrigin(this.application.origin()).start()) {
			SimulatedPhone phone = usual.phone("+254711222333");
			ApiCaller api = new ApiCaller(usual).authenticate();
			api.create(PATH, Bodies.incomingPayment("+254711222333"));
			assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
			assertThat(phone.messages()).hasSize(1);
			assertThat(phone.balance()).as("it is topped up").isEqualByComparingTo("70000");
			phone.balance(BigDecimal.TEN);
			api.create(PATH, Bodies.incomingPayment("+254711222333"));
			assertFailed("The balance is insufficient for the transaction");
			phone.switchOff();
			api.create(PATH, Bodies.incomingPayment("+254711222333"));
			assertFailed("DS timeout user cannot be reached");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> phone.awaitPrompt(Duration.ofMillis(10)))
				.withMessageContaining("not interactive");
		}
	}

	private SimulatedPhone phone() {
		return this.simulator.phone("+254711222333");
	}

	private URI push(String phoneNumber, int amount) {
		ObjectNode body = Bodies.set(Bodies.incomingPayment(phoneNumber), "/amount/value", amount);
		return this.caller.create(PATH, body);
	}

	private void assertFailed(String error) throws InterruptedException {
		JsonNode result = nextResult("incoming_payment");
		assertThat(result.path("status").asString()).isEqualTo("Failed");
		assertThat(result.at("/event/errors").asString()).isEqualTo(error);
	}

}
