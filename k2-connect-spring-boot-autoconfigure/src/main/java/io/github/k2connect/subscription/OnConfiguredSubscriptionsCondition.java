package io.github.k2connect.subscription;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when the configuration has webhook subscriptions, of any account.
 */
final class OnConfiguredSubscriptionsCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Webhook subscriptions");
		return matches(context.getEnvironment()) ? ConditionOutcome.match(message.because("they are configured"))
				: ConditionOutcome.noMatch(message.because("none is configured"));
	}

	static boolean matches(Environment environment) {
		Binder binder = new Binder(ConfigurationPropertySources.get(environment));
		return binder.bind("k2.webhook.subscriptions", Bindable.mapOf(String.class, Object.class)).isBound()
				|| binder.bind("k2.accounts", Bindable.mapOf(String.class, Object.class))
					.map(OnConfiguredSubscriptionsCondition::anyAccount)
					.orElse(false);
	}

	private static boolean anyAccount(Map<String, Object> accounts) {
		return accounts.values()
			.stream()
			.anyMatch((account) -> account instanceof Map<?, ?> properties && properties.keySet()
				.stream()
				.anyMatch((property) -> String.valueOf(property).startsWith("subscriptions")));
	}

}
