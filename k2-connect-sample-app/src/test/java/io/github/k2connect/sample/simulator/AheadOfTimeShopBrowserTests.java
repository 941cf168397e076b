package io.github.k2connect.sample.simulator;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.sample.shop.ShopApplication;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.testfixtures.AheadOfTimeApplication;
import io.github.k2connect.testfixtures.ServerPort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the shop in a browser, after it was processed ahead of time and compiled. It
 * runs in a process of its own, without a class of the tests.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "k2.test.proofs", matches = "full",
		disabledReason = "Left out for the sample that is processed ahead of time: the proofs are not full")
class AheadOfTimeShopBrowserTests {

	private static final int port = ServerPort.find();

	private static K2Simulator simulator;

	private static Process process;

	private static Path output;

	@BeforeAll
	static void startShop(@TempDir Path directory) throws Exception {
		URI origin = URI.create("http://localhost:" + port);
		simulator = K2Simulator.builder().resultDelay(Duration.ofMillis(100)).callbackOrigin(origin).start();
		String[] settings = { "--K2_CLIENT_ID=" + simulator.clientId(),
				"--K2_CLIENT_SECRET=" + simulator.clientSecret(), "--K2_API_KEY=" + simulator.apiKey(),
				"--K2_BASE_URL=" + simulator.baseUrl(), "--K2_CALLBACK_URL=" + origin + "/k2/webhooks",
				"--K2_TILL_NUMBER=K000000", "--server.port=" + port, "--k2.follow-up.first-check=1s",
				"--k2.webhook.inbox.max-attempts=1", "--spring.datasource.url=jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
				"--spring.security.user.password=karibu" };
		output = directory.resolve("output.txt");
		process = AheadOfTimeApplication.build(ShopApplication.class, directory, settings)
			.start(ShopApplication.class, output, List.of("-Dspring.aot.enabled=true"), settings);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> !process.isAlive() || Files.readString(output).contains("Started ShopApplication"));
		assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
	}

	@AfterAll
	static void stopShop() throws InterruptedException {
		if (process != null) {
			process.destroy();
			process.waitFor(30, TimeUnit.SECONDS);
		}
		if (simulator != null) {
			simulator.close();
		}
	}

	@Test
	void startsAsProcessedAheadOfTime() throws Exception {
		assertThat(output).content().contains("Starting AOT-processed ShopApplication");
	}

	@Nested
	class Orders extends OrderBrowserTests {

		Orders() {
			super(port);
		}

		@Override
		K2Simulator simulator() {
			return simulator;
		}

	}

	@Nested
	class Console extends ConsoleBrowserTests {

		Console() {
			super(port);
		}

		@Override
		K2Simulator simulator() {
			return simulator;
		}

	}

}
