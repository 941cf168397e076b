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
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Customizer that starts a simulator for a context and closes it with the context. Those
 * with the same settings are equal, so that they do not keep contexts from being shared.
 *
 * @param accounts the names of the simulator's accounts besides the default one
 * @param accountProperties whether the application gets the properties of these accounts
 * @param strict whether the simulator is strict
 * @param interactive whether phones ring
 * @param resultDelay how long resources are pending, {@code null} for the default
 * @param port the port of the simulator, 0 for any that is free
 */
record K2SimulatorContextCustomizer(Set<String> accounts, boolean accountProperties, boolean strict,
		boolean interactive, @Nullable Duration resultDelay, int port) implements ContextCustomizer {

	private static final String BEAN_NAME = "k2Simulator";

	private static final String CALLBACK_URL = "k2.callback-url";

	private static final List<String> BASE_PATHS = List.of("server.servlet.context-path", "spring.mvc.servlet.path",
			"spring.webflux.base-path");

	private static final boolean WEB_SERVER_PRESENT = ClassUtils.isPresent(
			"org.springframework.boot.web.server.context.WebServerInitializedEvent",
			K2SimulatorContextCustomizer.class.getClassLoader());

	K2SimulatorContextCustomizer {
		accounts = Set.copyOf(accounts);
	}

	static K2SimulatorContextCustomizer of(AutoConfigureK2Simulator annotation) {
		String resultDelay = annotation.resultDelay();
		return new K2SimulatorContextCustomizer(Set.of(annotation.accounts()), annotation.accountProperties(),
				annotation.strict(), annotation.interactive(),
				resultDelay.isEmpty() ? null : DurationStyle.detectAndParse(resultDelay), annotation.port());
	}

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfigurableEnvironment environment = context.getEnvironment();
		String callbackUrl = environment.getProperty(CALLBACK_URL, "http://localhost" + basePath(environment)
				+ environment.getProperty("k2.webhook.path", "/k2/webhooks"));
		K2Simulator simulator = builder(URI.create(callbackUrl).getRawPath()).start();
		Map<String, Object> properties = new LinkedHashMap<>(simulator.properties());
		if (!this.accountProperties) {
			properties.keySet().removeIf((name) -> name.startsWith("k2.accounts."));
		}
		properties.put(CALLBACK_URL, callbackUrl);
		environment.getPropertySources().addFirst(new MapPropertySource(BEAN_NAME, properties));
		register(context, simulator);
		if (WEB_SERVER_PRESENT) {
			context.addApplicationListener(new CallbackOriginListener(simulator));
		}
	}

	private K2Simulator.Builder builder(String webhookPath) {
		K2Simulator.Builder builder = K2Simulator.builder().webhookPath(webhookPath).port(this.port);
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

	private static void register(ConfigurableApplicationContext context, K2Simulator simulator) {
		DefaultSingletonBeanRegistry singletons = (DefaultSingletonBeanRegistry) context.getBeanFactory();
		singletons.registerSingleton(BEAN_NAME, simulator);
		singletons.registerDisposableBean(BEAN_NAME, simulator::close);
	}

}
