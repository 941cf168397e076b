package io.github.k2connect.autoconfigure;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

/**
 * All auto-configurations of k2-connect.
 */
public final class K2AutoConfigurations {

	private K2AutoConfigurations() {
	}

	/**
	 * Return the auto-configurations of k2-connect, and others.
	 */
	public static AutoConfigurations with(Class<?>... others) {
		ClassLoader classLoader = K2AutoConfigurations.class.getClassLoader();
		Stream<Class<?>> own = StreamSupport
			.stream(ImportCandidates.load(AutoConfiguration.class, classLoader).spliterator(), false)
			.filter((name) -> name.startsWith("io.github.k2connect."))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader));
		return AutoConfigurations.of(Stream.concat(own, Stream.of(others)).toArray(Class<?>[]::new));
	}

}
