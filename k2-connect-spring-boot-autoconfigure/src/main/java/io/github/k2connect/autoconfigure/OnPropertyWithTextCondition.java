package io.github.k2connect.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches when every property has a value.
 */
final class OnPropertyWithTextCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		List<String> missing = Arrays.stream(names(metadata))
			.filter((name) -> !StringUtils.hasText(context.getEnvironment().getProperty(name)))
			.toList();
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnPropertyWithText.class);
		return missing.isEmpty() ? ConditionOutcome.match(message.because("all properties have a value"))
				: ConditionOutcome.noMatch(message.didNotFind("property", "properties").items(missing));
	}

	private static String[] names(AnnotatedTypeMetadata metadata) {
		Map<String, @Nullable Object> attributes = metadata
			.getAnnotationAttributes(ConditionalOnPropertyWithText.class.getName());
		return (attributes != null && attributes.get("value") instanceof String[] names) ? names : new String[0];
	}

}
