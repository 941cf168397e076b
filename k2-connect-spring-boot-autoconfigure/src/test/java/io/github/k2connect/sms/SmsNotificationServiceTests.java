package io.github.k2connect.sms;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.TransactionSmsNotificationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SmsNotificationService}.
 */
class SmsNotificationServiceTests {

	private static final String PATH = "/api/v1/transaction_sms_notifications";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final SmsNotificationService service = new SmsNotificationService(kopoKopo.client());

	@Test
	void sendsAllProperties() {
		K2Location location = kopoKopo.creates(PATH);
		TransactionSmsNotificationRequest request = TransactionSmsNotificationRequest.builder()
			.webhookEventReference("c271535c-687f-4a40-a589-8b66b894792e")
			.message("Asante! \"Karibu\" tena \u2014 Duka")
			.callbackUrl("https://other.example/results")
			.build();
		assertThat(this.service.sendTransactionSmsNotification(request)).isEqualTo(location);
		kopoKopo.assertPosted(PATH, """
				{
				  "webhook_event_reference": "c271535c-687f-4a40-a589-8b66b894792e",
				  "message": "Asante! \\"Karibu\\" tena \u2014 Duka",
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void usesDefaultsForMissingProperties() {
		kopoKopo.creates(PATH);
		this.service.sendTransactionSmsNotification(minimal());
		kopoKopo.assertPosted(PATH, """
				{
				  "webhook_event_reference": "wh-1",
				  "message": "Asante",
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void reportsUnknownWebhook() {
		kopoKopo.answers(PATH, 404, "application/json",
				"{\"error_code\": \"404\", \"error_message\": \"Webhook not found\"}");
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.service.sendTransactionSmsNotification(minimal()))
			.satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(404);
				assertThat(ex.errorMessage()).isEqualTo("Webhook not found");
				assertThat(ex.outcomeUnknown()).isFalse();
			});
	}

	@Test
	void readsStatus() {
		K2Location location = kopoKopo.has(PATH + "/sms-1", """
				{
				  "data": {
				    "id": "sms-1",
				    "type": "transaction_sms_notification",
				    "attributes": {
				      "status": "Success",
				      "message": "Asante",
				      "webhook_event_reference": 4711,
				      "_links": {"callback_url": "https://duka.example/k2/webhooks", "self": null}
				    }
				  }
				}""");
		TransactionSmsNotificationResult result = this.service.getStatus(location);
		assertThat(result.isSuccessful()).isTrue();
		assertThat(result.message()).isEqualTo("Asante");
		assertThat(result.webhookEventReference()).isEqualTo("4711");
		assertThat(result.callbackUrl()).hasToString("https://duka.example/k2/webhooks");
		assertThat(result.linkSelf()).isNull();
	}

	private static TransactionSmsNotificationRequest minimal() {
		return TransactionSmsNotificationRequest.builder().webhookEventReference("wh-1").message("Asante").build();
	}

}
