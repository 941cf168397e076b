package io.github.k2connect.account;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition that matches if k2.api-key is set, or named accounts exist. Named accounts
 * are looked for only if the default account has none.
 */
final class OnApiKeyCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final String PROPERTY = "k2.api-key";

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return OnPropertyWithTextCondition.hasText(context.getEnvironment(), PROPERTY)
				? ConditionOutcome.match(ConditionMessage.forCondition("Kopo Kopo API key").foundExactly(PROPERTY))
				: new OnNamedAccountsCondition().getMatchOutcome(context, metadata);
	}

}
