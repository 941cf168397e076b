package io.github.k2connect.test;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallbackOriginListener} with applications that do not listen at
 * {@code http://localhost}.
 */
class CallbackOriginListenerTests {

	@TempDir
	private static Path folder;

	private final K2Simulator simulator = K2Simulator.start();

	@BeforeAll
	static void createKeyStore() throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "shop", "-keyalg", "EC", "-dname", "CN=shop.example", "-storetype", "PKCS12",
				"-keystore", keyStore(), "-storepass", "changeit")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor()).isZero();
	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void deliversToLocalhost() {
		assertDelivers(Map.of());
	}

	@Test
	void deliversOverHttps() {
		assertDelivers(Map.of("server.ssl.key-store", keyStore(), "server.ssl.key-store-password", "changeit"));
	}

	@Test
	void deliversOverHttpWhenSslIsDisabled() {
		assertDelivers(Map.of("server.ssl.enabled", "false", "server.ssl.key-store", keyStore()));
	}

	@Test
	void deliversOverHttpsWithSslBundle() {
		assertDelivers(Map.of("server.ssl.bundle", "shop", "spring.ssl.bundle.jks.shop.keystore.location", keyStore(),
				"spring.ssl.bundle.jks.shop.keystore.password", "changeit"));
	}

	@Test
	void deliversToAddressOfServer() {
		assertDelivers(Map.of("server.address", "127.0.0.2"));
	}

	@Test
	void deliversToServerOnAllAddresses() {
		assertDelivers(Map.of("server.address", "0.0.0.0"));
	}

	private void assertDelivers(Map<String, Object> server) {
		Map<String, Object> properties = new HashMap<>(server);
		properties.putAll(this.simulator.properties());
		properties.put("server.port", "0");
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.properties(properties)
			.listeners(new CallbackOriginListener(this.simulator))
			.run()) {
			assertThat(application.isRunning()).isTrue();
			assertThat(this.simulator.deliver(SimulatedWebhook.customerCreated())).isEqualTo(200);
		}
	}

	private static String keyStore() {
		return folder.resolve("shop.p12").toString();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
