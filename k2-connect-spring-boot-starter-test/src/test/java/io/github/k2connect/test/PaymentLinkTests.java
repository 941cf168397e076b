package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for payment links.
 */
class PaymentLinkTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v2/payment_links";

	@Test
	void paysLink() throws Exception {
		this.caller.create(PATH, Bodies.paymentLink());
		JsonNode attributes = nextResult("payment_link");
		assertThat(attributes.path("status").asString()).isEqualTo("Processed");
		assertThat(attributes.path("amount").isNumber()).isTrue();
		assertThat(attributes.path("amount").asString()).isEqualTo("3600.50");
		assertThat(attributes.path("currency").asString()).isEqualTo("KES");
		assertThat(attributes.path("till_number").asString()).isEqualTo("K000000");
		assertThat(attributes.path("till_name").asString()).isNotBlank();
		assertThat(attributes.path("payment_reference").asString()).isEqualTo("INV-9");
		assertThat(attributes.path("note").asString()).isEqualTo("Two chairs");
		assertThat(attributes.at("/payment_link/status").asString()).isEqualTo("Paid");
		assertThat(attributes.at("/payment_link/transaction_reference").asString()).matches("TK3[A-Z0-9]{7}");
		assertThat(attributes.at("/payment_link/sender_phone_number").isIntegralNumber()).isTrue();
		assertThat(attributes.path("payment_link").propertyNames()).containsExactly("status", "expires_at", "link",
				"transaction_reference", "sender_phone_number", "origination_time");
	}

	@Test
	void notifiesSubscribersOfPaidLink() throws Exception {
		subscribe("v2", "buygoods_transaction_received", "till", "K000000");
		this.caller.create(PATH, Bodies.paymentLink());
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode transaction = (first.has("topic") ? first : second).at("/event/resource");
		assertThat(transaction.path("amount").asString()).isEqualTo("3600.50");
	}

	@Test
	void rejectsCancellationOfPaidLink() throws Exception {
		URI location = this.caller.create(PATH, Bodies.paymentLink());
		nextResult("payment_link");
		assertBadRequest(this.caller.post(location.getPath() + "/cancel", Map.of()),
				"The payment link is no longer active");
	}

	@Test
	void rejectsAmountAsObject() {
		assertBadRequest(this.caller.post(PATH, Bodies.set(Bodies.paymentLink(), "/amount", Map.of("currency", "KES"))),
				"amount must be a number");
	}

	/**
	 * Before anybody has paid.
	 */
	@Nested
	class WhileActive extends SimulatorTestSupport {

		@Override
		K2Simulator.Builder customize(K2Simulator.Builder builder) {
			return builder.resultDelay(Duration.ofHours(1));
		}

		@Test
		void returnsUrlToPayAt() {
			JsonNode attributes = this.caller.attributes(this.caller.create(PATH, Bodies.paymentLink()));
			assertThat(attributes.path("status").asString()).as("the link is made").isEqualTo("Processed");
			JsonNode link = attributes.path("payment_link");
			assertThat(link.path("payment_link_status").asString()).isEqualTo("Active");
			assertThat(URI.create(link.path("link").asString())).hasScheme("http");
			assertThat(link.path("initiator_name").asString()).isNotBlank();
			assertThat(OffsetDateTime.parse(link.path("expires_at").asString()))
				.isAfter(OffsetDateTime.now(ZoneOffset.UTC));
		}

		@Test
		void cancelsLinkAndPostsItsResult() throws Exception {
			URI location = this.caller.create(PATH, Bodies.paymentLink());
			ApiCaller.Answer answer = this.caller.post(location.getPath() + "/cancel", Map.of());
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json().path("message").asString()).isNotBlank();
			JsonNode attributes = nextResult("payment_link");
			assertThat(attributes.path("status").asString()).isEqualTo("Cancelled");
			assertThat(attributes.at("/payment_link/payment_link_status").asString()).isEqualTo("Cancelled");
			assertThat(this.caller.attributes(location)).isEqualTo(attributes);
		}

		@Test
		void cancelsLinkOnce() {
			URI location = this.caller.create(PATH, Bodies.paymentLink());
			assertThat(this.caller.post(location.getPath() + "/cancel", Map.of()).status()).isEqualTo(200);
			assertThat(this.caller.post(location.getPath() + "/cancel", Map.of()).status()).isEqualTo(400);
		}

		@Test
		void doesNotCancelUnknownLink() {
			assertNotFound(this.caller.post(PATH + "/2a7c9a8e-5a4d-4f1b-9e0c-0d0b7c3b8f11/cancel", Map.of()));
		}

		@Test
		void doesNotCancelOtherResource() {
			URI payment = this.caller.create("/api/v1/payments", Bodies.payment());
			String id = payment.getPath().substring(payment.getPath().lastIndexOf('/'));
			assertNotFound(this.caller.post(PATH + id + "/cancel", Map.of()));
		}

		@Test
		void requiresTokenAndJsonBodyForCancellation() {
			URI location = this.caller.create(PATH, Bodies.paymentLink());
			assertBadRequest(this.caller.post(location.getPath() + "/cancel", "cancel"),
					"The body must be a JSON object");
			assertThat(this.caller.token("").post(location.getPath() + "/cancel", Map.of()).status()).isEqualTo(401);
		}

	}

}
