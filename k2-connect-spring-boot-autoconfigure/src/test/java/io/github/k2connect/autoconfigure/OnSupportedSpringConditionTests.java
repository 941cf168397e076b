package io.github.k2connect.autoconfigure;

import java.util.Map;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.retry.RetryTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OnSupportedSpringCondition}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OnSupportedSpringConditionTests {

	private static final String NEEDS = "k2-connect needs Spring Boot 4.1, or at least 4.0.2 with Spring Framework"
			+ " 7.0.3. The application has Spring Boot " + SpringBootVersion.getVersion();

	private static final ClassLoader SPRING_6 = new FilteredClassLoader(RetryTemplate.class);

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=client", "k2.client-secret=s3cret");

	@Test
	void startsOnSupportedSpring() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void failsWithoutRetriesOfSpringFramework7() {
		this.application.withClassLoader(SPRING_6).run((context) -> fails(context.getStartupFailure()));
	}

	@Test
	void failsWhenRetriesLackMethod() {
		this.application.withClassLoader(new EarlySpring7()).run((context) -> fails(context.getStartupFailure()));
	}

	private static void fails(@Nullable Throwable failure) {
		assertThat(failure).isInstanceOf(InvalidK2ConfigurationException.class).hasMessageStartingWith(NEEDS);
	}

	@Test
	void startsOnUnsupportedSpringWhenDisabled() {
		this.application.withClassLoader(SPRING_6)
			.withPropertyValues("k2.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(classes = { Conflict.class, OtherConflict.class })
	void reportsVersionBeforeBeansWithSameName(Class<?> conflict, CapturedOutput output) {
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(SPRING_6), K2.class, conflict);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("k2.api-key", "k3y"));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(application::run);
		assertThat(output).contains(NEEDS, "Upgrade the application to Spring Boot 4.1.")
			.doesNotContain("allow-bean-definition-overriding");
	}

	/**
	 * Class loader with the class as it was before Spring Framework 7.0.3.
	 */
	private static final class EarlySpring7 extends ClassLoader {

		private EarlySpring7() {
			super(OnSupportedSpringConditionTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			return name.equals(RetryTemplate.class.getName()) ? retryTemplate(name) : super.loadClass(name, resolve);
		}

		private Class<?> retryTemplate(String name) {
			Class<?> loaded = findLoadedClass(name);
			if (loaded != null) {
				return loaded;
			}
			ClassWriter writer = new ClassWriter(0);
			writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
			byte[] bytes = writer.toByteArray();
			return defineClass(name, bytes, 0, bytes.length);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(K2AutoConfiguration.class)
	static class K2 {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FirstSsl.class, SecondSsl.class })
	static class Conflict {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SecondSsl.class, FirstSsl.class })
	static class OtherConflict {

	}

	@Configuration(proxyBeanMethods = false)
	static class FirstSsl {

		@Bean
		String restClientSsl() {
			return "first";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondSsl {

		@Bean
		String restClientSsl() {
			return "second";
		}

	}

}
