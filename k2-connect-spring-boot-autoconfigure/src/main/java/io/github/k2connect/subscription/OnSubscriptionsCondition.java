package io.github.k2connect.subscription;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when the configuration has webhook subscriptions.
 */
class OnSubscriptionsCondition extends SpringBootCondition {

	private static final String PROPERTY = "k2.webhook.subscriptions";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Webhook subscriptions");
		return matches(context.getEnvironment()) ? ConditionOutcome.match(message.foundExactly(PROPERTY))
				: ConditionOutcome.noMatch(message.didNotFind("property").items(PROPERTY));
	}

	static boolean matches(Environment environment) {
		return !Binder.get(environment)
			.bind(PROPERTY, Bindable.listOf(SubscriptionProperties.Subscription.class))
			.orElse(List.of())
			.isEmpty();
	}

}
