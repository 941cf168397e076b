package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Simulator of an application, as {@link AutoConfigureK2Simulator} describes it.
 *
 * @param accounts the names of the simulator's accounts besides the default one
 * @param accountProperties whether the application gets the properties of these accounts
 * @param strict whether the simulator is strict
 * @param interactive whether phones ring
 * @param resultDelay how long resources are pending, {@code null} for the default
 * @param port the port of the simulator, 0 for any that is free
 */
record ApplicationSimulator(Set<String> accounts, boolean accountProperties, boolean strict, boolean interactive,
		@Nullable Duration resultDelay, int port) {

	private static final String BEAN_NAME = "k2Simulator";

	private static final String CALLBACK_URL = "k2.callback-url";

	private static final List<String> BASE_PATHS = List.of("server.servlet.context-path", "spring.mvc.servlet.path",
			"spring.webflux.base-path");

	private static final boolean WEB_SERVER_PRESENT = ClassUtils.isPresent(
			"org.springframework.boot.web.server.context.WebServerInitializedEvent",
			ApplicationSimulator.class.getClassLoader());

	ApplicationSimulator {
		accounts = Set.copyOf(accounts);
	}

	static ApplicationSimulator of(AutoConfigureK2Simulator annotation) {
		String resultDelay = annotation.resultDelay();
		return new ApplicationSimulator(Set.of(annotation.accounts()), annotation.accountProperties(),
				annotation.strict(), annotation.interactive(),
				resultDelay.isEmpty() ? null : DurationStyle.detectAndParse(resultDelay), annotation.port());
	}

	/**
	 * Start the simulator for an application and close it with the application's context,
	 * unless the application has one already.
	 * @param beanFactory the application's beans, which are not created yet
	 */
	void start(ConfigurableEnvironment environment, DefaultSingletonBeanRegistry beanFactory) {
		if (beanFactory.containsSingleton(BEAN_NAME)) {
			return;
		}
		String callbackUrl = environment.getProperty(CALLBACK_URL, "http://localhost" + basePath(environment)
				+ environment.getProperty("k2.webhook.path", "/k2/webhooks"));
		K2Simulator simulator = builder(URI.create(callbackUrl).getRawPath()).start();
		Map<String, Object> properties = new LinkedHashMap<>(simulator.properties());
		if (!this.accountProperties) {
			properties.keySet().removeIf((name) -> name.startsWith("k2.accounts."));
		}
		properties.put(CALLBACK_URL, callbackUrl);
		environment.getPropertySources().addFirst(new MapPropertySource(BEAN_NAME, properties));
		beanFactory.registerSingleton(BEAN_NAME, simulator);
		beanFactory.registerDisposableBean(BEAN_NAME, simulator::close);
		if (WEB_SERVER_PRESENT) {
			beanFactory.registerSingleton("k2SimulatorCallbackOriginListener", new CallbackOriginListener(simulator));
		}
	}

	private K2Simulator.Builder builder(String webhookPath) {
		K2Simulator.Builder builder = K2Simulator.builder().originRequired().webhookPath(webhookPath).port(this.port);
		this.accounts.forEach(builder::account);
		if (this.strict) {
			builder.strict();
		}
		if (this.interactive) {
			builder.interactive();
		}
		if (this.resultDelay != null) {
			builder.resultDelay(this.resultDelay);
		}
		return builder;
	}

	private static String basePath(Environment environment) {
		return BASE_PATHS.stream()
			.map((name) -> StringUtils.trimTrailingCharacter(environment.getProperty(name, ""), '/'))
			.collect(Collectors.joining());
	}

}
