package com.example.shop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.util.TestSocketUtils;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the shop as a WAR file, below a context path. Its Tomcat is that of the
 * distribution, in a process of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WarTests extends ShopTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final K2Simulator kopoKopo = K2Simulator.builder()
		.callbackOrigin(origin())
		.webhookPath("/shop/k2/webhooks")
		.start();

	private final Map<String, String> properties = new LinkedHashMap<>(this.kopoKopo.properties());

	private Process tomcat;

	WarTests(String mode) {
		this.properties.put("k2.callback-url", address() + "/k2/webhooks");
		this.properties.put("k2.webhook.mode", mode);
		this.properties.put("spring.threads.virtual.enabled", "true");
		this.properties.put("k2.follow-up.enabled", "true");
		this.properties.put("k2.follow-up.first-check", "1s");
		this.properties.put("k2.scheduler.polling-interval", "200ms");
		this.properties.put("spring.datasource.url", "jdbc:h2:mem:shop");
	}

	@Override
	String address() {
		return "http://localhost:" + this.port + "/shop";
	}

	@Override
	K2Simulator kopoKopo() {
		return this.kopoKopo;
	}

	@BeforeAll
	void startTomcat(@TempDir Path base) throws Exception {
		Path home = Path.of(System.getProperty("shop.tomcat"));
		FileSystemUtils.copyRecursively(home.resolve("conf"), base.resolve("conf"));
		Path server = base.resolve("conf/server.xml");
		Files.writeString(server,
				Files.readString(server)
					.replace("Connector port=\"8080\"", "Connector port=\"" + this.port + "\"")
					.replace("Server port=\"8005\"", "Server port=\"-1\""));
		Files.createDirectories(base.resolve("temp"));
		Files.createDirectories(base.resolve("webapps"));
		Files.copy(Path.of(System.getProperty("shop.war")), base.resolve("webapps/shop.war"));
		File output = base.resolve("output.txt").toFile();
		this.tomcat = start(home, base, output);
		await().atMost(Duration.ofSeconds(60))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> !this.tomcat.isAlive() || get("/payments").statusCode() == 200);
		assertThat(this.tomcat.isAlive()).as(Files.readString(output.toPath())).isTrue();
	}

	private Process start(Path home, Path base, File output) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("sh", home.resolve("bin/catalina.sh").toString(), "run");
		builder.environment()
			.putAll(Map.of("CATALINA_HOME", home.toString(), "CATALINA_BASE", base.toString(), "JAVA_HOME",
					System.getProperty("java.home"), "CATALINA_OPTS",
					this.properties.entrySet()
						.stream()
						.map((property) -> "-D" + property.getKey() + "=" + property.getValue())
						.collect(Collectors.joining(" "))));
		return builder.redirectErrorStream(true).redirectOutput(output).start();
	}

	@AfterAll
	void stopTomcat() throws InterruptedException {
		if (this.tomcat != null) {
			this.tomcat.destroy();
			this.tomcat.waitFor(30, TimeUnit.SECONDS);
		}
		this.kopoKopo.close();
	}

}
