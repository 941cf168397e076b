package io.github.k2connect.account;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition that matches if the configuration has named accounts.
 */
final class OnConfiguredAccountsCondition extends SpringBootCondition {

	private static final String PREFIX = "k2.accounts";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Kopo Kopo accounts");
		Binder withoutPlaceholders = new Binder(ConfigurationPropertySources.get(context.getEnvironment()));
		return withoutPlaceholders.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).isBound()
				? ConditionOutcome.match(message.foundExactly(PREFIX))
				: ConditionOutcome.noMatch(message.didNotFind(PREFIX).atAll());
	}

}
