package io.github.k2connect.test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.AnnotationConfigContextLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the attributes of {@link AutoConfigureK2Simulator}.
 */
class K2SimulatorContextCustomizerFactoryTests {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final int PORT = 28_943;

	@Test
	void simulatorIsLenientByDefault() {
		run(Plain.class,
				(simulator, environment) -> assertThat(pushWithLocalNumber(simulator).status()).isEqualTo(201));
	}

	@Test
	void simulatorIsStrict() {
		run(Strict.class,
				(simulator, environment) -> assertThat(pushWithLocalNumber(simulator).status()).isEqualTo(400));
	}

	@Test
	void phonesRingForResultDelay() {
		run(Interactive.class, (simulator, environment) -> {
			ApiCaller caller = new ApiCaller(simulator).authenticate();
			URI push = caller.create(PATH, Bodies.incomingPayment("+254711222333"));
			simulator.phone("+254711222333").awaitPrompt(Duration.ZERO).ignore();
			await().untilAsserted(() -> assertThat(caller.attributes(push).at("/event/errors").asString())
				.isEqualTo("No response from user."));
		});
	}

	@Test
	void simulatorListensOnPort() throws Exception {
		run(WithPort.class, (simulator, environment) -> assertThat(simulator.baseUrl()).hasPort(PORT));
		try (ServerSocket taken = new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress())) {
			assertThatIllegalStateException().isThrownBy(() -> run(WithPort.class, (simulator, environment) -> {
			})).withMessageContaining(Integer.toString(taken.getLocalPort()));
		}
	}

	@Test
	void applicationGetsPropertiesOfAccounts() {
		run(WithAccount.class,
				(simulator, environment) -> assertThat(environment.getProperty("k2.accounts.plaza.client-id"))
					.isEqualTo(simulator.account("plaza").clientId()));
	}

	@Test
	void accountsMayBeInSimulatorOnly() {
		run(WithAccountInTable.class, (simulator, environment) -> {
			assertThat(simulator.account("plaza").clientId()).isNotEmpty();
			assertThat(environment.getProperty("k2.accounts.plaza.client-id")).isNull();
			assertThat(environment.getProperty("k2.client-id")).isEqualTo(simulator.clientId());
		});
	}

	@Test
	void contextsWithOtherSettingsAreNotShared() {
		assertThat(List.of(customizer(Plain.class), customizer(Strict.class), customizer(Interactive.class),
				customizer(WithPort.class), customizer(WithAccount.class), customizer(WithAccountInTable.class)))
			.doesNotHaveDuplicates();
	}

	private static void run(Class<?> testClass, BiConsumer<K2Simulator, Environment> test) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			customizer(testClass).customizeContext(context,
					new MergedContextConfiguration(testClass, null, null, null, new AnnotationConfigContextLoader()));
			context.refresh();
			test.accept(context.getBean(K2Simulator.class), context.getEnvironment());
		}
	}

	private static ContextCustomizer customizer(Class<?> testClass) {
		return Objects
			.requireNonNull(new K2SimulatorContextCustomizerFactory().createContextCustomizer(testClass, List.of()));
	}

	private static ApiCaller.Answer pushWithLocalNumber(K2Simulator simulator) {
		ObjectNode body = Bodies.incomingPayment("0711222333");
		return new ApiCaller(simulator).authenticate().post(PATH, body);
	}

	@AutoConfigureK2Simulator
	static class Plain {

	}

	@AutoConfigureK2Simulator(strict = true)
	static class Strict {

	}

	@AutoConfigureK2Simulator(interactive = true, resultDelay = "300ms")
	static class Interactive {

	}

	@AutoConfigureK2Simulator(port = PORT)
	static class WithPort {

	}

	@AutoConfigureK2Simulator(accounts = "plaza")
	static class WithAccount {

	}

	@AutoConfigureK2Simulator(accounts = "plaza", accountProperties = false)
	static class WithAccountInTable {

	}

}
