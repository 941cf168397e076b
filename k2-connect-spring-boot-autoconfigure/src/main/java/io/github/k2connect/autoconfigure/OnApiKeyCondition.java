package io.github.k2connect.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.context.annotation.Conditional;

/**
 * Matches when an account has, or may have, an API key with which messages are verified.
 */
final class OnApiKeyCondition extends AnyNestedCondition {

	OnApiKeyCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnPropertyWithText("k2.api-key")
	static class DefaultAccount {

	}

	@Conditional(OnNamedAccountsCondition.class)
	static class NamedAccounts {

	}

}
