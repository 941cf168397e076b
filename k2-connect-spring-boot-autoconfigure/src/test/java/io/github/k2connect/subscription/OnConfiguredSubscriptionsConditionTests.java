package io.github.k2connect.subscription;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OnConfiguredSubscriptionsCondition}.
 */
class OnConfiguredSubscriptionsConditionTests {

	private static boolean matches(String property) {
		return OnConfiguredSubscriptionsCondition.matches(new MockEnvironment().withProperty(property, "value"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "k2.webhook.subscriptions[0].event-type", "k2.accounts.kiosk.subscriptions[0].event-type" })
	void matchesSubscriptionOfAnyAccount(String property) {
		assertThat(matches(property)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.webhook.path", "k2.accounts.kiosk.api-key", "k2.api-key" })
	void doesNotMatchOtherProperties(String property) {
		assertThat(matches(property)).isFalse();
	}

}
