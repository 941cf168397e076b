package io.github.k2connect.sample.shop;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the variables with which the shop talks to Kopo Kopo itself.
 */
class CredentialsTests {

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
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "K2_CLIENT_ID", "K2_CLIENT_SECRET", "K2_API_KEY", "K2_TILL_NUMBER", "K2_CALLBACK_URL" })
	void namesMissingVariable(String variable) {
		String[] others = Arrays.stream(VARIABLES).filter((given) -> !given.contains(variable)).toArray(String[]::new);
		assertThatException().isThrownBy(() -> start(others).close()).withStackTraceContaining(variable);
	}

	/** The simulator is on the class path of the tests only: no profile can start it. */
	@Test
	void needsCredentialsWithEveryProfile() {
		assertThatException().isThrownBy(() -> start("--spring.profiles.active=default,kopokopo,test,dev").close())
			.withStackTraceContaining("K2_");
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(ShopApplication.class).properties("server.port=0")
			.run(add(arguments, "--spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1"));
	}

	private static String[] add(String[] arguments, String argument) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = argument;
		return all;
	}

}
