package io.github.k2connect.test;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.StringUtils;

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
	void deliversToServerOverHttpsAtItsAddress() {
		Map<String, Object> properties = new HashMap<>(this.simulator.properties());
		properties.put("server.port", "0");
		properties.put("server.address", "127.0.0.2");
		properties.put("server.ssl.key-store", keyStore());
		properties.put("server.ssl.key-store-password", "changeit");
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.properties(properties)
			.listeners(new CallbackOriginListener(this.simulator))
			.run()) {
			assertThat(application.isRunning()).isTrue();
			assertThat(this.simulator.deliver(SimulatedWebhook.customerCreated())).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			server.port=8080,                                   http://localhost:8123
			server.ssl.bundle=shop,                             https://localhost:8123
			server.ssl.certificate=shop.pem,                    https://localhost:8123
			server.ssl.bundle=shop server.ssl.enabled=false,    http://localhost:8123
			server.address=127.0.0.2,                           http://127.0.0.2:8123
			server.address=0.0.0.0,                             http://localhost:8123
			server.address=::,                                  http://localhost:8123
			server.address=::1,                                 http://[0:0:0:0:0:0:0:1]:8123
			""")
	void findsOriginInConfiguration(String properties, URI origin) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : StringUtils.delimitedListToStringArray(properties, " ")) {
			environment.setProperty(property.substring(0, property.indexOf('=')),
					property.substring(property.indexOf('=') + 1));
		}
		assertThat(CallbackOriginListener.origin(environment, 8123)).isEqualTo(origin);
	}

	private static String keyStore() {
		return folder.resolve("shop.p12").toString();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
