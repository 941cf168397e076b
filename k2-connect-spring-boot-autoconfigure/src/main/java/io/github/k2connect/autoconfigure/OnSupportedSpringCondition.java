package io.github.k2connect.autoconfigure;

import java.util.function.Supplier;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.SpringVersion;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Condition that fails if Spring is too old. It looks for the newest method that
 * k2-connect calls, because the version is not known in every jar, and uses only what old
 * versions have too.
 */
final class OnSupportedSpringCondition implements Condition {

	private static final String CLASS = "org.springframework.core.retry.RetryTemplate";

	private static final String METHOD = "invoke";

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		if (!isSupported(context.getClassLoader())) {
			throw new InvalidK2ConfigurationException(
					"k2-connect needs Spring Boot 4.1, or at least 4.0.2 with Spring Framework 7.0.3."
							+ " The application has Spring Boot " + nameOf(SpringBootVersion.getVersion())
							+ " with Spring Framework " + nameOf(SpringVersion.getVersion()) + ".",
					"Upgrade the application to Spring Boot 4.1.");
		}
		return true;
	}

	private static boolean isSupported(@Nullable ClassLoader classLoader) {
		try {
			return ClassUtils.hasMethod(ClassUtils.forName(CLASS, classLoader), METHOD, Supplier.class);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	private static String nameOf(@Nullable String version) {
		return (version != null) ? version : "of an unknown version";
	}

}
