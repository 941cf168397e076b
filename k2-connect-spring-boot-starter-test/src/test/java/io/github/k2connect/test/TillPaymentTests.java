package io.github.k2connect.test;

import java.math.BigDecimal;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SimulatedPhone#payTill(String, BigDecimal)}.
 */
class TillPaymentTests extends SimulatorTestSupport {

	private static final BigDecimal AMOUNT = new BigDecimal("450");

	@Override
	K2Simulator.Builder customize(K2Simulator.Builder builder) {
		return builder.account("kiosk");
	}

	@Test
	void deliversWebhookToSubscribers() throws Exception {
		subscribe("v1", "buygoods_transaction_received", "till", "K000000");
		String reference = phone().payTill("K000000", AMOUNT);
		JsonNode transaction = nextWebhook("buygoods_transaction_received");
		assertThat(transaction.path("reference").asString()).isEqualTo(reference);
		assertThat(transaction.path("amount").asString()).isEqualTo("450.0");
		assertThat(transaction.path("hashed_sender_phone").asString())
			.isEqualTo(Identifiers.hashedPhoneNumber("+254711222333"));
		assertThat(phone().messages()).singleElement().asString().startsWith(reference);
	}

	@Test
	void firstPaymentCreatesCustomer() throws Exception {
		subscribe("v1", "customer_created", "company", "");
		phone().payTill("K000000", AMOUNT);
		phone().payTill("K000000", AMOUNT);
		assertThat(nextWebhook("customer_created").path("phone_number").asString()).isEqualTo("+254711222333");
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void deliversNothingWithoutSubscription() throws Exception {
		phone().payTill("K000000", AMOUNT);
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void paysAtTillOfAnotherAccount() throws Exception {
		subscribe("v1", "buygoods_transaction_received", "till", "K000000");
		phone().payTill("kiosk", "K000000", AMOUNT);
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1" })
	void requiresPositiveAmount(BigDecimal amount) {
		assertThatIllegalArgumentException().isThrownBy(() -> phone().payTill("K000000", amount))
			.withMessageContaining(amount.toString());
	}

	@Test
	void requiresMoneyAndPhoneThatIsOn() {
		phone().balance(new BigDecimal("449.99"));
		assertThatIllegalStateException().isThrownBy(() -> phone().payTill("K000000", AMOUNT))
			.withMessageContaining("449.99");
		phone().switchOff();
		assertThatIllegalStateException().isThrownBy(() -> phone().payTill("K000000", AMOUNT))
			.withMessageContaining("off");
	}

	private SimulatedPhone phone() {
		return this.simulator.phone("+254711222333");
	}

}
