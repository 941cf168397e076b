package io.github.k2connect.webhook;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WebhookService}.
 */
class WebhookServiceTests {

	private static final String PATH = "/api/v1/webhook_subscriptions";

	private static final String PATH_OF_VERSION_2 = "/api/v2/webhook_subscriptions";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final WebhookService service = new WebhookService(kopoKopo.client());

	private final WebhookService serviceOfVersion2 = new WebhookService(kopoKopo.client(ApiVersion.V2));

	@Test
	void sendsAllProperties() {
		K2Location location = kopoKopo.creates(PATH_OF_VERSION_2);
		WebhookSubscriptionRequest request = WebhookSubscriptionRequest.builder()
			.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
			.url("https://other.example/webhooks")
			.scope(Scope.TILL)
			.scopeReference("112233")
			.enableDarajaPayload(true)
			.build();
		assertThat(this.serviceOfVersion2.subscribe(request)).isEqualTo(location);
		kopoKopo.assertPosted(PATH_OF_VERSION_2, """
				{
				  "event_type": "buygoods_transaction_received",
				  "url": "https://other.example/webhooks",
				  "scope": "till",
				  "scope_reference": "112233",
				  "enable_daraja_payload": true
				}""");
	}

	@Test
	void omitsMissingPropertiesAndUsesConfiguredCallback() {
		K2Location location = kopoKopo.creates(PATH);
		assertThat(this.service.subscribe(customers().build())).isEqualTo(location);
		kopoKopo.assertPosted(PATH, """
				{
				  "event_type": "customer_created",
				  "url": "https://duka.example/k2/webhooks",
				  "scope": "company"
				}""");
	}

	@Test
	void subscribesToUnknownTopic() {
		kopoKopo.creates(PATH);
		this.service.subscribe(customers().eventType("loan_offered").build());
		assertThat(kopoKopo.posted(PATH)).contains("\"event_type\":\"loan_offered\"");
	}

	@Test
	void rejectsDarajaPayloadWithVersion1BeforeSending() {
		WebhookSubscriptionRequest request = payments().enableDarajaPayload(true).build();
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> this.service.subscribe(request))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.singleElement()
				.asString()
				.startsWith("enableDarajaPayload needs version 2"));
		kopoKopo.assertNothingSent();
	}

	@Test
	void omitsDisabledDarajaPayloadInVersion1() {
		kopoKopo.creates(PATH);
		this.service.subscribe(payments().enableDarajaPayload(false).build());
		kopoKopo.assertPosted(PATH, """
				{
				  "event_type": "b2b_transaction_received",
				  "url": "https://duka.example/k2/webhooks",
				  "scope": "till",
				  "scope_reference": "112233"
				}""");
	}

	@Test
	void sendsDisabledDarajaPayloadInVersion2() {
		kopoKopo.creates(PATH_OF_VERSION_2);
		this.serviceOfVersion2.subscribe(payments().enableDarajaPayload(false).build());
		assertThat(kopoKopo.posted(PATH_OF_VERSION_2)).contains("\"enable_daraja_payload\":false");
	}

	@Test
	void omitsDisabledDarajaPayloadForTopicWithoutDarajaForm() {
		kopoKopo.creates(PATH_OF_VERSION_2);
		this.serviceOfVersion2.subscribe(customers().enableDarajaPayload(false).build());
		assertThat(kopoKopo.posted(PATH_OF_VERSION_2)).doesNotContain("enable_daraja_payload");
	}

	@Test
	void requiresCallbackUrl() {
		WebhookService withoutCallback = new WebhookService(kopoKopo.client(ApiVersion.V1, null));
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> withoutCallback.subscribe(customers().build()))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.singleElement()
				.asString()
				.startsWith("url is required"));
		kopoKopo.assertNothingSent();
	}

	@Test
	void reportsRejection() {
		kopoKopo.answers(PATH, 400, "application/json",
				"{\"error_code\":400,\"error_message\":\"Scope is wrong for the topic\"}");
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> this.service.subscribe(customers().build()))
			.satisfies((ex) -> assertThat(ex.errorMessage()).isEqualTo("Scope is wrong for the topic"));
	}

	@Test
	void readsSubscription() {
		K2Location location = kopoKopo.has(PATH + "/ws-1", """
				{
				  "data": {
				    "id": "ws-1",
				    "type": "webhook_subscription",
				    "attributes": {
				      "event_type": "buygoods_transaction_received",
				      "webhook_uri": "https://duka.example/k2/webhooks",
				      "status": "Active",
				      "scope": "Till",
				      "scope_reference": 112233
				    }
				  }
				}""");
		assertThat(this.service.getStatus(location))
			.isEqualTo(new WebhookSubscriptionStatus("ws-1", "webhook_subscription", "buygoods_transaction_received",
					KopoKopoServer.CALLBACK, "Active", "Till", "112233"));
	}

	@Test
	void requiresOnlyIdOfSubscription() {
		kopoKopo.has(PATH_OF_VERSION_2 + "/ws-1", """
				{"data": {"id": "ws-1", "type": "webhook_subscription"}}""");
		assertThat(this.serviceOfVersion2.getStatus("ws-1"))
			.isEqualTo(new WebhookSubscriptionStatus("ws-1", "webhook_subscription", null, null, null, null, null));
	}

	@Test
	void rejectsOtherResource() {
		K2Location location = kopoKopo.has("/api/v1/payments/pay-1", """
				{"data": {"id": "pay-1", "type": "payment", "attributes": {}}}""");
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> this.service.getStatus(location))
			.withMessageContaining("'type' is not webhook_subscription");
	}

	private static WebhookSubscriptionRequest.Builder customers() {
		return WebhookSubscriptionRequest.builder().eventType(WebhookTopic.CUSTOMER_CREATED).scope(Scope.COMPANY);
	}

	private static WebhookSubscriptionRequest.Builder payments() {
		return WebhookSubscriptionRequest.builder()
			.eventType(WebhookTopic.B2B_TRANSACTION_RECEIVED)
			.scope(Scope.TILL)
			.scopeReference("112233");
	}

}
