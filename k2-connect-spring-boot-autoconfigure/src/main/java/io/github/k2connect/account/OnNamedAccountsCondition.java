package io.github.k2connect.account;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Conditional;

/**
 * Condition that matches if there are named accounts, or may be.
 */
class OnNamedAccountsCondition extends AnyNestedCondition {

	OnNamedAccountsCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@Conditional(OnConfiguredAccountsCondition.class)
	static class Configured {

	}

	@ConditionalOnBean(K2AccountSource.class)
	static class Sourced {

	}

}
