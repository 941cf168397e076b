package io.github.k2connect.autoconfigure.actuate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link K2Endpoint} and {@link K2HealthIndicator} in a running application.
 */
@Tag("long")
class K2EndpointTests {

	private static void parkOne(MonitoredShop shop) throws Exception {
		assertThat(shop.deliver("bad-1")).isEqualTo(200);
		awaitParked(shop, 1);
	}

	private static void awaitParked(MonitoredShop shop, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> shop.bean(K2Inbox.class).parked().size() == count);
	}

	@ParameterizedTest
	@CsvSource({ "SERVLET, --server.servlet.context-path=", "REACTIVE, --spring.webflux.base-path=",
			"SERVLET, --management.server.port=0", "REACTIVE, --management.server.port=0",
			"SERVLET, --spring.main.lazy-initialization=true" })
	void showsStateAndDiscardsParkedEvent(WebApplicationType type, String argument) throws Exception {
		Instant start = Instant.now();
		try (MonitoredShop shop = new MonitoredShop(type, argument)) {
			assertThat(shop.deliver("", MonitoredShop.payment("1"), "another-key")).isEqualTo(401);
			parkOne(shop);
			HttpResponse<String> response = shop.actuator("k2");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).doesNotContain(MonitoredShop.API_KEY, MonitoredShop.CLIENT_SECRET, "712345678",
					"a-token");
			JsonNode report = shop.json("k2");
			assertThat(report.at("/mode").asString()).isEqualTo("inbox");
			assertThat(report.at("/store").asString()).isEqualTo("jdbc");
			assertThat(report.at("/accounts").propertyNames()).containsExactly("default", "duka", "other");
			assertThat(Instant.parse(report.at("/accounts/default/lastAccepted").asString())).isAfter(start);
			assertThat(Instant.parse(report.at("/accounts/default/lastRejected").asString())).isAfter(start);
			assertThat(report.at("/inbox/waiting").asLong()).isZero();
			JsonNode parked = report.at("/inbox/parked/0");
			assertThat(parked.at("/id").asString()).isEqualTo("bad-1");
			assertThat(parked.at("/account").asString()).isEqualTo("default");
			assertThat(parked.at("/kind").asString()).isEqualTo("buygoods_transaction_received");
			assertThat(parked.at("/attempts").asInt()).isOne();
			assertThat(Instant.parse(parked.at("/receivedAt").asString())).isAfter(start);
			assertThat(report.at("/followUps").asLong(-1)).isZero();
			assertThat(report.at("/unresolvedKeys").isArray()).isTrue();
			assertThat(shop.json("health").at("/components/k2/details/inbox/parked").asLong()).isOne();

			response = shop.operate("discard", "{\"key\": \"" + parked.at("/key").asString() + "\"}");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("{\"discarded\":1}");
			assertThat(shop.bean(K2Inbox.class).parked()).isEmpty();
			assertThat(shop.callsToKopoKopo()).isZero();
		}
	}

	@Test
	void retriesOneParkedEventOrAll() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET)) {
			parkOne(shop);
			assertThat(shop.deliver("bad-2")).isEqualTo(200);
			awaitParked(shop, 2);
			String key = shop.bean(K2Inbox.class).parked().get(0).key();
			assertThat(shop.operate("retry", "{\"key\": \"" + key + "\"}").body()).isEqualTo("{\"retried\":1}");
			awaitParked(shop, 2);
			assertThat(shop.operate("retry", "{}").body()).isEqualTo("{\"retried\":2}");
			awaitParked(shop, 2);
		}
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void namesWhatIsWrong(WebApplicationType type) throws Exception {
		try (MonitoredShop shop = new MonitoredShop(type)) {
			assertRefused(shop, "discard", "{}", 400, "key is missing");
			assertRefused(shop, "retry", "{'key': ' '}", 400, "key is blank");
			assertRefused(shop, "explode", "{}", 400, "The operation is unknown: use retry, discard or check");
			assertRefused(shop, "discard", "{'key': 'x'}", 404, "No parked event has this key");
			assertRefused(shop, "check", "{}", 400, "There is no reconciliation");
		}
	}

	private static void assertRefused(MonitoredShop shop, String operation, String body, int status, String message)
			throws Exception {
		HttpResponse<String> response = shop.operate(operation, body.replace('\'', '"'));
		assertThat(response.statusCode()).as(operation + " " + body).isEqualTo(status);
		assertThat(response.body()).contains(message);
	}

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void showsTillsAndSchedulesCheck(WebApplicationType type) throws Exception {
		try (MonitoredShop shop = new MonitoredShop(type, MonitoredShop.RECONCILIATION)) {
			JsonNode till = shop.json("k2").at("/reconciliation/0");
			assertThat(till.at("/account").asString()).isEqualTo("default");
			assertThat(till.at("/till").asString()).isEqualTo("112233");
			assertThat(till.at("/lastCompleteCheck").isNull()).isTrue();
			assertThat(till.at("/missed").asLong(-1)).isZero();
			HttpResponse<String> response = shop.operate("check", """
					{"account": "duka", "till": "445566", "from": "%s", "to": "%s"}
					""".formatted(Instant.now().minusSeconds(3600), Instant.now()));
			assertThat(response.body()).isEqualTo("{\"scheduled\":1}");
			assertThat(JdbcClient.create(shop.bean(DataSource.class))
				.sql("SELECT COUNT(*) FROM k2_task WHERE task_name = 'k2-reconciliation'")
				.query(Long.class)
				.single()).isEqualTo(2);
		}
	}

	@Test
	void namesWhatIsWrongWithCheck() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET, MonitoredShop.RECONCILIATION)) {
			assertRefused(shop, "check", "{}", 400, "from and to are required");
			assertRefused(shop, "check", "{'from': '2026-03-11', 'to': '2026-03-12'}", 400,
					"from and to must be times with offset");
			assertRefused(shop, "check", "{'from': '2090-03-11T08:00:00Z', 'to': '2090-03-12T08:00:00Z'}", 400,
					"from must be before to, and not in the future");
			assertRefused(shop, "check",
					"{'account': 'nobody', 'from': '2026-03-11T08:00:00Z', 'to': '2026-03-12T08:00:00Z'}", 400,
					"nobody");
			assertRefused(shop, "check", "{'till': ' ', 'from': '2026-03-11T08:00:00Z', 'to': '2026-03-12T08:00:00Z'}",
					400, "till must be 1 to 40 letters and digits");
		}
	}

	@Test
	void isDownWhileKopoKopoRefusesTokens() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET)) {
			assertThat(shop.actuator("health/k2").statusCode()).isEqualTo(200);
			TokenService tokens = shop.bean(K2Accounts.class).get("duka").tokens();
			shop.respondToTokenRequests(401);
			assertThatExceptionOfType(K2AuthenticationException.class).isThrownBy(tokens::requestToken);
			assertThat(shop.actuator("health/k2").statusCode()).isEqualTo(503);
			assertThat(shop.json("health/k2").at("/details/tokens/duka").asString()).isEqualTo("refused");
			JsonNode failure = shop.json("k2").at("/accounts/duka/token/lastFailure");
			assertThat(failure.at("/statusCode").asInt()).isEqualTo(401);
			shop.respondToTokenRequests(200);
			tokens.getToken();
			assertThat(shop.json("health/k2").at("/status").asString()).isEqualTo("UP");
			assertThat(Instant.parse(shop.json("k2").at("/accounts/duka/token/expiresAt").asString()))
				.isAfter(Instant.now());
		}
	}

	@Test
	void inboxAffectsStatusIfWanted() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET,
				"--k2.health.inbox-affects-status=true")) {
			parkOne(shop);
			assertThat(shop.json("health/k2").at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--k2.store.type=memory", "--k2.store.jdbc.initialize-schema=never" })
	void doesWithoutInbox(String argument) throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET, "--k2.webhook.mode=direct",
				"--k2.follow-up.enabled=false", argument)) {
			JsonNode report = shop.json("k2");
			assertThat(report.at("/mode").asString()).isEqualTo("direct");
			assertThat(report.at("/inbox").isNull()).isTrue();
			assertThat(report.at("/followUps").isNull()).isTrue();
			assertThat(shop.operate("retry", "{}").statusCode()).isEqualTo(400);
			assertThat(shop.json("health/k2").at("/details").has("database")).isFalse();
		}
	}

	/**
	 * Another instance may have stored events there.
	 */
	@Test
	void showsInboxInDirectMode() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET, "--k2.webhook.mode=direct",
				"--k2.follow-up.enabled=false")) {
			JsonNode report = shop.json("k2");
			assertThat(report.at("/mode").asString()).isEqualTo("direct");
			assertThat(report.at("/inbox/waiting").asLong(-1)).isZero();
			assertThat(shop.operate("retry", "{}").body()).isEqualTo("{\"retried\":0}");
			assertThat(shop.json("health/k2").at("/details/inbox/parked").asLong(-1)).isZero();
		}
	}

	@Test
	void masksSecrets() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET,
				"--k2.previous-api-keys=the-old-api-key,the-oldest-api-key", "--vault.value=the-secret-in-a-vault",
				"--k2.accounts.kiosk.client-id=the-client-id-of-kiosk",
				"--k2.accounts.kiosk.client-secret=${vault.value}", "--K2_ACCOUNTS_STALL_APIKEY=an-ignored-api-key",
				"--K2_CLIENT_SECRET=an-ignored-secret")) {
			assertMasked(shop, MonitoredShop.API_KEY, MonitoredShop.CLIENT_SECRET, "the-api-key-of-duka",
					"the-client-secret-of-duka", "the-old-api-key", "the-oldest-api-key", "the-secret-in-a-vault",
					"an-ignored-api-key", "an-ignored-secret");
		}
	}

	/**
	 * In YAML a value of digits is a number.
	 */
	@Test
	void masksSecretThatIsNumber(@TempDir Path directory) throws Exception {
		Path vault = Files.writeString(directory.resolve("vault.yml"),
				"vault:\n  long: 8123456789012345\n  short: 8123\n");
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET,
				"--spring.config.additional-location=" + vault.toUri(),
				"--k2.accounts.kiosk.client-id=the-client-id-of-kiosk",
				"--k2.accounts.kiosk.client-secret=${vault.long}", "--k2.previous-api-keys=${vault.short}")) {
			assertMasked(shop, "8123456789012345", "\"8123\"", ":8123}");
		}
	}

	private static void assertMasked(MonitoredShop shop, String... secrets) throws Exception {
		for (String endpoint : List.of("env", "configprops")) {
			assertThat(shop.actuator(endpoint).body()).as(endpoint)
				.contains("the-client-id", "******")
				.doesNotContain(secrets);
		}
	}

}
