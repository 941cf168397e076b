package io.github.k2connect.stk;

import java.util.Map;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.StkPushResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StkService}.
 */
class StkServiceTests {

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final StkService service = new StkService(kopoKopo.client());

	@Test
	void sendsAllProperties() {
		K2Location location = kopoKopo.creates("/api/v1/incoming_payments");
		StkPushRequest request = StkPushRequest.builder()
			.paymentChannel("M-PESA STK Push")
			.tillNumber("K112233")
			.firstName("Asha")
			.lastName("Wairimu")
			.phoneNumber("0712 000-001")
			.email("asha@example.com")
			.currency("KES")
			.amount(2500)
			.callbackUrl("https://other.example/results")
			.metadata("order_id", "order-88")
			.metadata("cashier", "7")
			.build();
		assertThat(this.service.initiateIncomingPayment(request)).isEqualTo(location);
		kopoKopo.assertPosted("/api/v1/incoming_payments", """
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K112233",
				  "subscriber": {
				    "first_name": "Asha",
				    "last_name": "Wairimu",
				    "phone_number": "+254712000001",
				    "email": "asha@example.com"
				  },
				  "amount": {"currency": "KES", "value": 2500},
				  "metadata": {"order_id": "order-88", "cashier": "7"},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void sendsMiddleNameToVersion2() {
		kopoKopo.creates("/api/v2/incoming_payments");
		StkService v2 = new StkService(kopoKopo.client(ApiVersion.V2));
		v2.initiateIncomingPayment(named());
		kopoKopo.assertPosted("/api/v2/incoming_payments", """
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K112233",
				  "subscriber": {
				    "first_name": "Asha",
				    "middle_name": "Njeri",
				    "last_name": "Wairimu",
				    "phone_number": "+254712000001"
				  },
				  "amount": {"currency": "KES", "value": 1},
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void doesNotSendMiddleNameToVersion1() {
		kopoKopo.creates("/api/v1/incoming_payments");
		this.service.initiateIncomingPayment(named());
		kopoKopo.assertPosted("/api/v1/incoming_payments", """
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K112233",
				  "subscriber": {
				    "first_name": "Asha",
				    "last_name": "Wairimu",
				    "phone_number": "+254712000001"
				  },
				  "amount": {"currency": "KES", "value": 1},
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void reportsRejection() {
		kopoKopo.answers("/api/v1/incoming_payments", 400, "application/json",
				"{\"error_code\":400,\"error_message\":[\"Till is unknown\",\"Amount is too small\"]}");
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.service.initiateIncomingPayment(minimal().build()))
			.satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(400);
				assertThat(ex.errorCode()).isEqualTo("400");
				assertThat(ex.errorMessage()).isEqualTo("Till is unknown; Amount is too small");
				assertThat(ex.outcomeUnknown()).isFalse();
			});
	}

	@Test
	void pendingPaymentHasNoTransaction() {
		K2Location location = kopoKopo.has("/api/v1/incoming_payments/ip-1", """
				{
				  "data": {
				    "id": "ip-1",
				    "type": "incoming_payment",
				    "attributes": {
				      "initiation_time": "2026-03-11T08:00:00.125+03:00",
				      "status": "Pending",
				      "event": {"type": "Incoming Payment Request", "resource": null, "errors": null},
				      "metadata": {"order_id": "order-88"},
				      "_links": {"callback_url": "https://duka.example/k2/webhooks", "self": null}
				    }
				  }
				}""");
		StkPushResult result = this.service.getStatus(location);
		assertThat(result.id()).isEqualTo("ip-1");
		assertThat(result.isPending()).isTrue();
		assertThat(result.reference()).isNull();
		assertThat(result.amount()).isNull();
		assertThat(result.errors()).isEmpty();
		assertThat(result.metadata()).containsExactly(Map.entry("order_id", "order-88"));
	}

	@Test
	void omitsMissingProperties() {
		kopoKopo.creates("/api/v1/incoming_payments");
		this.service.initiateIncomingPayment(minimal().build());
		kopoKopo.assertPosted("/api/v1/incoming_payments", """
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K112233",
				  "subscriber": {"phone_number": "+254712000001"},
				  "amount": {"currency": "KES", "value": 1},
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	private static StkPushRequest named() {
		return minimal().firstName("Asha").middleName("Njeri").lastName("Wairimu").build();
	}

	private static StkPushRequest.Builder minimal() {
		return StkPushRequest.builder().tillNumber("K112233").phoneNumber("0712000001").amount(1);
	}

}
