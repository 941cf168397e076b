package io.github.k2connect.webhook.reception;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.k2connect.webhook.WebhookProperties;
import org.apiguardian.api.API;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Condition that matches if messages are stored, and handled later.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@Conditional(ConditionalOnInboxMode.OnInboxModeCondition.class)
public @interface ConditionalOnInboxMode {

	/**
	 * The condition, on the configured mode.
	 */
	final class OnInboxModeCondition implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return WebhookProperties.Mode.of(context.getEnvironment()) == WebhookProperties.Mode.INBOX;
		}

	}

}
