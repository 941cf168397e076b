package io.github.k2connect.webhook;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WebhookSubscriptionRequest}.
 */
class WebhookSubscriptionRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertViolations(WebhookSubscriptionRequest.builder(), "eventType is required", "scope is required");
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		WebhookSubscriptionRequest.Builder builder = WebhookSubscriptionRequest.builder()
			.eventType("customer_created")
			.url("ftp://secret.example")
			.scope(Scope.TILL)
			.enableDarajaPayload(true);
		assertViolations(builder, "url must be an absolute http or https URL", "scopeReference is required for a till",
				"enableDarajaPayload is for received buygoods and b2b transactions only");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret.example", "customer_created"));
	}

	@Test
	void rejectsMalformedUrl() {
		assertViolations(company().eventType(WebhookTopic.CUSTOMER_CREATED).url("not a url"),
				"url must be an absolute http or https URL");
	}

	@Test
	void acceptsNullUrlAsDefault() {
		assertThat(company().eventType(WebhookTopic.CUSTOMER_CREATED).url((String) null).build().url()).isNull();
	}

	@Test
	void treatsBlankScopeReferenceAsMissing() {
		assertViolations(WebhookSubscriptionRequest.builder()
			.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
			.scope(Scope.TILL)
			.scopeReference(" "), "scopeReference is required for a till");
	}

	@ParameterizedTest
	@EnumSource(names = { "BUYGOODS_TRANSACTION_RECEIVED", "B2B_TRANSACTION_RECEIVED" })
	void acceptsDarajaPayloadForTillTransactions(WebhookTopic topic) {
		assertThat(company().eventType(topic).enableDarajaPayload(true).build().enableDarajaPayload()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "BUYGOODS_TRANSACTION_RECEIVED", "B2B_TRANSACTION_RECEIVED" })
	void rejectsDarajaPayloadForOtherTopics(WebhookTopic topic) {
		assertViolations(company().eventType(topic).enableDarajaPayload(true),
				"enableDarajaPayload is for received buygoods and b2b transactions only");
	}

	private static WebhookSubscriptionRequest.Builder company() {
		return WebhookSubscriptionRequest.builder().scope(Scope.COMPANY);
	}

	private static void assertViolations(WebhookSubscriptionRequest.Builder builder, String... violations) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder(violations));
	}

}
