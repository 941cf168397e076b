package io.github.k2connect.autoconfigure.actuate;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.k2connect.testfixtures.CodeBlock;
import io.github.k2connect.testfixtures.PageCommands;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the commands of the documentation, in an application that is secured as the
 * documentation says. The commands for the simulator are tested in its module.
 */
class PageCommandTests {

	private static final String PASSWORD = "operator-s3cret";

	private static final String SIMULATOR_PAGE = "simulator.md";

	private final MonitoredShop shop;

	private final Map<String, Proof> proofs = Map.of(
			"operations.md: curl -u \"operator:$PASSWORD\" http://localhost:8080/actuator/k2", this::retriesParkedEvent,
			"operations.md: curl -u \"operator:$PASSWORD\" http://localhost:8080/actuator/k2/check \\",
			this::schedulesCheck, "security.md: curl -i -X POST https://shop.example/k2/webhooks -d '{}'",
			this::isRejectedByEndpoint);

	PageCommandTests() throws Exception {
		this.shop = new MonitoredShop(WebApplicationType.SERVLET, "--without.security=${without.second.server}",
				"--spring.main.sources=io.github.k2connect.webhook.endpoint.PermittedWebhooks,"
						+ OperatorAccess.class.getName(),
				"--spring.security.user.name=operator", "--spring.security.user.password=" + PASSWORD,
				"--spring.security.user.roles=OPERATOR", MonitoredShop.RECONCILIATION);
	}

	static List<CodeBlock> blocks() {
		return PageCommands.ofCurl().stream().filter((block) -> !block.page().equals(SIMULATOR_PAGE)).toList();
	}

	@AfterEach
	void stop() {
		this.shop.close();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void worksInSecuredApplication(CodeBlock block) throws Exception {
		assertThat(this.proofs).containsKey(block.toString());
		Objects.requireNonNull(this.proofs.get(block.toString())).run(block.text());
	}

	@Test
	void everyProofHasBlock() {
		assertThat(blocks()).map(CodeBlock::toString).containsExactlyInAnyOrderElementsOf(this.proofs.keySet());
	}

	@Test
	void rejectsStrangers() throws Exception {
		assertThat(this.shop.actuator("k2").statusCode()).isEqualTo(401);
		assertThat(this.shop.operate("retry", "{}").statusCode()).isEqualTo(401);
		assertThat(this.shop.actuator("health").statusCode()).isEqualTo(200);
	}

	private PageCommands run(String commands) throws Exception {
		return PageCommands.run(
				commands.replaceAll("https?://(localhost:8080|shop\\.example)", "http://localhost:" + this.shop.port()),
				Map.of("PASSWORD", PASSWORD));
	}

	private void retriesParkedEvent(String commands) throws Exception {
		assertThat(this.shop.deliver("bad-1")).isEqualTo(200);
		K2Inbox inbox = this.shop.bean(K2Inbox.class);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> inbox.parked().size() == 1);
		String key = inbox.parked().get(0).key();
		PageCommands done = run(commands.replace("…", key));
		assertThat(done.statuses()).containsExactly(200, 200);
		assertThat(done.output()).contains("\"key\":\"" + key + "\"", "{\"retried\":1}");
	}

	private void schedulesCheck(String commands) throws Exception {
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
		PageCommands done = run(commands.replaceAll("\"from\": \"[^\"]+\"", "\"from\": \"" + now.minusDays(2) + "\"")
			.replaceAll("\"to\": \"[^\"]+\"", "\"to\": \"" + now.minusHours(1) + "\""));
		assertThat(done.statuses()).containsExactly(200);
		assertThat(done.output()).isEqualTo("{\"scheduled\":1}");
	}

	private void isRejectedByEndpoint(String commands) throws Exception {
		PageCommands done = run(commands);
		assertThat(done.statuses()).containsExactly(401);
		assertThat(done.output()).startsWith("HTTP/1.1 401")
			.doesNotContainIgnoringCase("WWW-Authenticate")
			.containsIgnoringCase("Content-Length: 0");
	}

	/**
	 * Runs commands and checks what they did.
	 */
	@FunctionalInterface
	private interface Proof {

		void run(String commands) throws Exception;

	}

}
