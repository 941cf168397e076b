package io.github.k2connect.test;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link K2SimulatorImportSelector}, with an application that runs in
 * development.
 */
@ExtendWith(OutputCaptureExtension.class)
class K2SimulatorImportSelectorTests {

	private static ConfigurableApplicationContext run(Class<?> configuration) {
		return SpringApplication.from(Shop::main)
			.with(configuration)
			.run("--server.port=0", "--server.address=127.0.0.2")
			.getApplicationContext();
	}

	@ParameterizedTest
	@ValueSource(classes = { SimulatorConfiguration.class, ImportingConfiguration.class })
	void connectsApplicationToSimulator(Class<?> configuration) throws Exception {
		try (ConfigurableApplicationContext context = run(configuration)) {
			context.getBean(StkService.class)
				.initiateIncomingPayment(
						StkPushRequest.builder().tillNumber("K000000").phoneNumber("0712345678").amount(2200).build());
			context.getBean(K2Simulator.class).phone("0712345678").prompt().orElseThrow().enterPin();
			StkPushResult result = context.getBean(Shop.class).results.poll(10, TimeUnit.SECONDS);
			assertThat(result).isNotNull().matches(StkPushResult::isSuccessful);
		}
	}

	@Test
	void stopsSimulatorWithApplication() {
		URI baseUrl;
		try (ConfigurableApplicationContext context = run(SimulatorConfiguration.class)) {
			baseUrl = context.getBean(K2Simulator.class).baseUrl();
		}
		assertThatPortIsFree(baseUrl);
	}

	@Test
	void stopsSimulatorIfApplicationDoesNotStart() {
		assertThatException().isThrownBy(() -> run(BrokenConfiguration.class)).withMessageContaining("broken");
		assertThatPortIsFree(BrokenConfiguration.baseUrl);
	}

	private static void assertThatPortIsFree(URI baseUrl) {
		try (K2Simulator next = K2Simulator.builder().port(baseUrl.getPort()).start()) {
			assertThat(next.baseUrl()).isEqualTo(baseUrl);
		}
	}

	@Test
	void reportsPortInUseWithoutStackTrace(CapturedOutput output) {
		try (K2Simulator other = K2Simulator.builder().port(FixedPortConfiguration.PORT).start()) {
			assertThatException().isThrownBy(() -> run(FixedPortConfiguration.class))
				.withMessageContaining("cannot listen on port " + other.baseUrl().getPort());
		}
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The simulator cannot listen on port 28944: Address already in use")
			.contains("'port' of @AutoConfigureK2Simulator")
			.doesNotContain("\tat ");
	}

	@Test
	void reportsPropertyWithPortInUse(CapturedOutput output) {
		try (K2Simulator other = K2Simulator.start()) {
			assertThatException().isThrownBy(() -> SpringApplication.from(Shop::main)
				.with(OwnSimulatorConfiguration.class)
				.run("--server.port=0", "--k2.base-url=" + other.baseUrl()));
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("cannot listen on port " + other.baseUrl().getPort())
				.contains("another port in k2.base-url.")
				.doesNotContain("\tat ");
		}
	}

	@Test
	void testClassesShareContextAndSimulator() {
		assertThat(context(FirstTests.class)).isSameAs(context(SecondTests.class))
			.satisfies((context) -> assertThat(context.getBeansOfType(K2Simulator.class)).hasSize(1));
	}

	private static ApplicationContext context(Class<?> testClass) {
		return new TestContextManager(testClass).getTestContext().getApplicationContext();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		private final BlockingQueue<StkPushResult> results = new LinkedBlockingQueue<>();

		public static void main(String[] args) {
			SpringApplication.run(Shop.class, args);
		}

		@EventListener
		void on(StkPushResult result) {
			this.results.add(result);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	@AutoConfigureK2Simulator(interactive = true)
	static class SimulatorConfiguration {

	}

	@TestConfiguration(proxyBeanMethods = false)
	@Import(SimulatorConfiguration.class)
	static class ImportingConfiguration {

	}

	@TestConfiguration(proxyBeanMethods = false)
	@AutoConfigureK2Simulator(port = FixedPortConfiguration.PORT)
	static class FixedPortConfiguration {

		static final int PORT = 28_944;

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class OwnSimulatorConfiguration {

		@Bean
		K2Simulator k2Simulator(@Value("${k2.base-url}") URI baseUrl) {
			return K2Simulator.builder().port(baseUrl.getPort()).start();
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	@AutoConfigureK2Simulator
	static class BrokenConfiguration {

		private static volatile URI baseUrl = URI.create("http://localhost");

		@Bean
		String brokenBean(K2Simulator simulator) {
			baseUrl = simulator.baseUrl();
			throw new IllegalStateException("broken");
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Slow {

	}

	@SpringBootTest(classes = { Shop.class, SimulatorConfiguration.class })
	@AutoConfigureK2Simulator(strict = true)
	static class FirstTests {

	}

	@Slow
	@SpringBootTest(classes = { Shop.class, SimulatorConfiguration.class })
	@AutoConfigureK2Simulator(strict = true)
	static class SecondTests {

	}

}
