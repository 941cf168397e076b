package io.github.k2connect.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.context.annotation.Conditional;

/**
 * Condition that matches if an account has an API key, or may have one.
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
