package io.github.k2connect.sample;

import java.util.Arrays;

import io.github.k2connect.sample.simulator.SimulatedPhones;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the profile {@code kopokopo}, with which the shop talks to Kopo Kopo itself.
 */
class KopokopoProfileTests {

	private static final String[] VARIABLES = { "--K2_CLIENT_ID=an-id", "--K2_CLIENT_SECRET=a-secret",
			"--K2_API_KEY=a-key", "--K2_TILL_NUMBER=K123456", "--K2_CALLBACK_URL=https://shop.example/k2/webhooks" };

	@Test
	void needsFiveVariablesOnly() {
		try (ConfigurableApplicationContext context = start(VARIABLES)) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("k2.base-url")).isEqualTo("https://sandbox.kopokopo.com");
			assertThat(environment.getProperty("k2.client-id")).isEqualTo("an-id");
			assertThat(environment.getProperty("k2.client-secret")).isEqualTo("a-secret");
			assertThat(environment.getProperty("k2.api-key")).isEqualTo("a-key");
			assertThat(environment.getProperty("k2.callback-url")).isEqualTo("https://shop.example/k2/webhooks");
			assertThat(environment.getProperty("shop.till-number")).isEqualTo("K123456");
			assertThat(context.getBeansOfType(StkService.class)).hasSize(1);
		}
	}

	@Test
	void startsNoSimulator() {
		try (ConfigurableApplicationContext context = start(VARIABLES)) {
			assertThat(context.getBeansOfType(K2Simulator.class)).isEmpty();
			assertThat(context.getBeansOfType(SimulatedPhones.class)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "K2_CLIENT_ID", "K2_CLIENT_SECRET", "K2_API_KEY", "K2_TILL_NUMBER", "K2_CALLBACK_URL" })
	void namesMissingVariable(String variable) {
		String[] others = Arrays.stream(VARIABLES).filter((given) -> !given.contains(variable)).toArray(String[]::new);
		assertThatException().isThrownBy(() -> start(others).close()).withStackTraceContaining(variable);
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(ShopApplication.class).profiles("kopokopo")
			.properties("server.port=0")
			.run(arguments);
	}

}
