package io.github.k2connect.account;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Conditional;

/**
 * Condition that matches if k2.api-key is set, or named accounts exist.
 */
class OnApiKeyCondition extends AnyNestedCondition {

	OnApiKeyCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnPropertyWithText("k2.api-key")
	static class DefaultAccount {

	}

	@Conditional(OnConfiguredAccountsCondition.class)
	static class Configured {

	}

	@ConditionalOnBean(K2AccountSource.class)
	static class Sourced {

	}

}
