package io.github.k2connect.autoconfigure;

import java.util.List;
import java.util.Set;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.subscription.K2Subscriptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Failure analyzer for a component that needs a service or the parser. It names the
 * missing properties: without it, Spring Boot would only advise to define the bean.
 */
@Order(0)
final class MissingK2BeanFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final Set<Class<?>> NEED_DATABASE = Set.of(K2Subscriptions.class, K2IdempotencyKeys.class);

	private final Environment environment;

	MissingK2BeanFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType wanted = cause.getResolvableType();
		Class<?> type = (wanted != null) ? wanted.resolve() : null;
		List<String> required = (type != null) ? K2AccountAutoConfiguration.requiredProperties(type) : List.of();
		boolean needsDatabase = type != null && NEED_DATABASE.contains(type);
		if (required.isEmpty() && !needsDatabase) {
			return null;
		}
		String component = (description != null) ? description : "A component";
		String message = component + " required a bean of type '" + wanted + "', which does not exist without ";
		if (!this.environment.getProperty("k2.enabled", Boolean.class, true)) {
			return new FailureAnalysis(message + "k2.enabled.",
					"Set k2.enabled=true, or remove the dependency on the bean.", cause);
		}
		if (needsDatabase) {
			return new FailureAnalysis(message + "a database.",
					"Add spring-boot-starter-jdbc and configure a database, or remove the dependency on the bean.",
					cause);
		}
		String missing = String.join(" and ",
				required.stream().filter((name) -> !StringUtils.hasText(this.environment.getProperty(name))).toList());
		return missing.isEmpty() ? null : new FailureAnalysis(message + missing + ".",
				"Set " + missing + ", as shown in Kopo Kopo's dashboard.", cause);
	}

}
