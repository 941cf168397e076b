package io.github.k2connect.account;

import java.util.Arrays;
import java.util.List;

import io.github.k2connect.InvalidK2ConfigurationException;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.StringUtils;

/**
 * Condition that matches if every property has a value. It fails if a property has a
 * placeholder for a variable that is not set.
 */
final class OnPropertyWithTextCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String[] names = metadata.getAnnotations().get(ConditionalOnPropertyWithText.class).getStringArray("value");
		List<String> missing = Arrays.stream(names).filter((name) -> !hasText(context.getEnvironment(), name)).toList();
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnPropertyWithText.class);
		return missing.isEmpty() ? ConditionOutcome.match(message.because("all properties have a value"))
				: ConditionOutcome.noMatch(message.didNotFind("property", "properties").items(missing));
	}

	private static boolean hasText(Environment environment, String name) {
		try {
			return StringUtils.hasText(environment.getProperty(name));
		}
		catch (PlaceholderResolutionException ex) {
			throw new InvalidK2ConfigurationException(
					name + " refers to ${" + ex.getPlaceholder() + "}, which is not set.",
					"Set " + ex.getPlaceholder() + ", in the environment for one, or change the value of " + name + "."
							+ (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
									? " For the build any value will do." : ""));
		}
	}

}
