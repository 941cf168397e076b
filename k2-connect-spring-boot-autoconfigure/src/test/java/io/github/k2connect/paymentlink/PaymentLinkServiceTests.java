package io.github.k2connect.paymentlink;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.PaymentLinkDetails;
import io.github.k2connect.event.PaymentLinkResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PaymentLinkService}.
 */
class PaymentLinkServiceTests {

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final PaymentLinkService service = new PaymentLinkService(kopoKopo.client());

	@Test
	void sendsAllProperties() {
		K2Location location = kopoKopo.creates("/api/v2/payment_links");
		PaymentLinkRequest request = PaymentLinkRequest.builder()
			.tillNumber("K112233")
			.currency("KES")
			.amount(new BigDecimal("2500.50"))
			.paymentReference("INV-7")
			.note("Two crates of mangoes")
			.callbackUrl("https://other.example/results")
			.metadata(Map.of("order_id", "order-88"))
			.build();
		assertThat(this.service.createPaymentLink(request)).isEqualTo(location);
		kopoKopo.assertPosted("/api/v2/payment_links", """
				{
				  "till_number": "K112233",
				  "currency": "KES",
				  "amount": 2500.50,
				  "payment_reference": "INV-7",
				  "note": "Two crates of mangoes",
				  "metadata": {"order_id": "order-88"},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void omitsMissingProperties() {
		kopoKopo.creates("/api/v2/payment_links");
		this.service.createPaymentLink(minimal());
		kopoKopo.assertPosted("/api/v2/payment_links", """
				{
				  "till_number": "K112233",
				  "currency": "KES",
				  "amount": 1,
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void activeLinkIsPending() {
		K2Location location = kopoKopo.has("/api/v2/payment_links/pl-1", """
				{
				  "data": {
				    "id": "pl-1",
				    "type": "payment_link",
				    "attributes": {
				      "status": "Processed",
				      "created_at": "2026-03-11T10:02:03+03:00",
				      "till_name": "Duka",
				      "till_number": 112233,
				      "payment_reference": "INV-7",
				      "currency": "KES",
				      "amount": "2500.50",
				      "note": "",
				      "payment_link": {
				        "payment_link_status": "Active",
				        "expires_at": "2026-03-18T10:02:03+03:00",
				        "initiator_name": "Asha",
				        "link": "/pay/abc"
				      },
				      "errors": null,
				      "metadata": null,
				      "_links": {"callback_url": "https://duka.example/k2/webhooks", "self": null}
				    }
				  }
				}""");
		PaymentLinkResult result = this.service.getStatus(location);
		assertThat(result.isPending()).isTrue();
		assertThat(result.tillNumber()).isEqualTo("112233");
		assertThat(result.amount()).isEqualTo(new BigDecimal("2500.50"));
		assertThat(result.paymentLink()).isNotNull()
			.extracting(PaymentLinkDetails::status, PaymentLinkDetails::initiatorName)
			.containsExactly("Active", "Asha");
		assertThat(result.metadata()).isEmpty();
	}

	@Test
	void paidLinkIsSuccessful() {
		K2Location location = kopoKopo.has("/api/v2/payment_links/pl-1", """
				{
				  "data": {
				    "id": "pl-1",
				    "type": "payment_link",
				    "attributes": {
				      "status": "Processed",
				      "payment_link": {
				        "status": "Paid",
				        "transaction_reference": "TCB5X1",
				        "sender_phone_number": 254712000001,
				        "origination_time": "2026-03-11T10:05:00+03:00"
				      }
				    }
				  }
				}""");
		PaymentLinkResult result = this.service.getStatus(location);
		assertThat(result.isSuccessful()).isTrue();
		assertThat(result.paymentLink()).isNotNull()
			.extracting(PaymentLinkDetails::transactionReference, PaymentLinkDetails::senderPhoneNumber)
			.containsExactly("TCB5X1", "254712000001");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pl-1", "/payment_links/pl-1/", "/api/v2/payment_links/pl-1" })
	void cancelsLinkByItsUrl(String location) {
		kopoKopo.answers("/api/v2/payment_links/pl-1/cancel", 200, "application/json",
				"{\"message\": \"Payment link cancelled\"}");
		assertThat(this.service.cancelPaymentLink(location)).isEqualTo("Payment link cancelled");
		kopoKopo.assertPosted("/api/v2/payment_links/pl-1/cancel", "{}");
	}

	@Test
	void reportsLinkThatCannotBeCancelled() {
		K2Location location = new K2Location(kopoKopo.url("/api/v2/payment_links/pl-1"));
		kopoKopo.answers("/api/v2/payment_links/pl-1/cancel", 400, "application/json",
				"{\"error_code\": 400, \"error_message\": \"Payment link is paid\"}");
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> this.service.cancelPaymentLink(location))
			.satisfies((ex) -> {
				assertThat(ex.errorMessage()).isEqualTo("Payment link is paid");
				assertThat(ex.outcomeUnknown()).isFalse();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"message\": null}", "{\"message\": [1]}", "<html>ok</html>" })
	void outcomeIsUnknownAfterUnreadableCancellation(String body) {
		K2Location location = new K2Location(kopoKopo.url("/api/v2/payment_links/pl-1"));
		kopoKopo.answers("/api/v2/payment_links/pl-1/cancel", 200, "application/json", body);
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> this.service.cancelPaymentLink(location))
			.satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(200);
				assertThat(ex.responseBody()).isEqualTo(body);
				assertThat(ex.outcomeUnknown()).isTrue();
			});
	}

	@Test
	void doesNotCancelLinkOfAnotherOrigin() {
		K2Location location = K2Location.of("https://elsewhere.example/api/v2/payment_links/pl-1");
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.service.cancelPaymentLink(location));
		kopoKopo.assertNothingSent();
	}

	private static PaymentLinkRequest minimal() {
		return PaymentLinkRequest.builder().tillNumber("K112233").amount(1).build();
	}

}
