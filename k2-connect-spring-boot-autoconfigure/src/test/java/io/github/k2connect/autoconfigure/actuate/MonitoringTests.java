package io.github.k2connect.autoconfigure.actuate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the alerts and the dashboard of {@code docs/operations}, with what Prometheus
 * scrapes from an application before and after it fails.
 */
@Tag("long")
class MonitoringTests {

	private static final Path FOLDER = Path.of("..", "docs", "operations");

	private static final Path PAGE = Path.of("..", "docs", "operations.md");

	private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

	private static final Pattern RUNBOOK = Pattern.compile("runbook: .*/docs/operations\\.md#(.*)");

	private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (k2_\\w+) ");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	private static final String UNKNOWN_STATE = "K2StateUnknown";

	private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(k2_\\w+)` \\|");

	private static final Duration LONG = Duration.ofSeconds(60);

	private static Set<String> find(Pattern pattern, Path file) throws IOException {
		return pattern.matcher(Files.readString(file))
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> queries() throws IOException {
		List<String> queries = new ArrayList<>();
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("dashboard.json")));
		dashboard.at("/panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> queries.add(target.path("expr")
					.asString()
					.replace("$__rate_interval", "15m")
					.replace("$job", "shop")
					.replace("$account", ".*"))));
		return queries;
	}

	/**
	 * No alert is firing before the application fails, and all are afterwards. Every
	 * query of the dashboard has a result.
	 */
	@Test
	void alertsFireAndDashboardShowsFailures(@TempDir Path folder) throws Exception {
		Promtool promtool = Promtool.find();
		promtool.run(FOLDER, "check", "rules", "alerts.yml");
		List<String> scrapes = new ArrayList<>();
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET, "--k2.webhook.inbox.max-attempts=2",
				"--k2.webhook.inbox.first-delay=100ms", "--k2.webhook.inbox.max-waiting=1",
				"--k2.follow-up.first-check=1s", "--k2.follow-up.unknown-after=1s", MonitoredShop.RECONCILIATION,
				"--k2.reconciliation.look-back=1h", "--k2.reconciliation.grace=0s")) {
			scrapes.add(shop.actuator("prometheus").body());
			fail(shop);
			scrapes.add(awaitScrape(shop, "k2_inbox_parked 1.0", "k2_inbox_oldest_age_seconds 3[6-9]\\d\\d\\."));
			shop.bean(JdbcClient.class).sql("ALTER TABLE k2_task RENAME TO lost").update();
			scrapes.add(awaitScrape(shop, "k2_inbox_waiting NaN", "k2_follow_up_waiting NaN"));
			shop.bean(JdbcClient.class).sql("ALTER TABLE lost RENAME TO k2_task").update();
		}
		Set<String> alerts = find(ALERT, FOLDER.resolve("alerts.yml"));
		assertThat(alerts).hasSizeGreaterThan(10).contains(UNKNOWN_STATE);
		RuleTest test = new RuleTest(scrapes);
		assertThat(test.series(0)).as("series before the first message").containsAll(test.series(1));
		test.expectFiring(0, Set.of());
		test.expectFiring(1, alerts.stream().filter((alert) -> !alert.equals(UNKNOWN_STATE)).toList());
		test.expectFiring(2, UNKNOWN_STATE);
		assertThat(queries()).hasSizeGreaterThan(10);
		queries().forEach((query) -> test.expectResult(1, query));
		Files.copy(FOLDER.resolve("alerts.yml"), folder.resolve("alerts.yml"));
		Files.writeString(folder.resolve("test.yml"), test.write());
		promtool.run(folder, "test", "rules", "test.yml");
	}

	private static void fail(MonitoredShop shop) throws Exception {
		missPayment(shop);
		for (int message = 0; message < 5; message++) {
			assertThat(shop.deliver("/duka", MonitoredShop.payment("1"), "another-key")).isEqualTo(401);
		}
		assertThat(shop.deliver("/tenant", MonitoredShop.payment("1"), "any-key")).isEqualTo(503);
		awaitAccepted(shop, "{\"topic\": \"new_topic\", \"id\": \"1\"}");
		awaitInbox(shop, 0, 0);
		awaitAccepted(shop, MonitoredShop.payment("bad"));
		awaitInbox(shop, 0, 1);
		JdbcClient jdbc = shop.bean(JdbcClient.class);
		jdbc.sql("ALTER TABLE k2_event RENAME TO lost").update();
		assertThat(shop.deliver("1")).isEqualTo(500);
		jdbc.sql("ALTER TABLE lost RENAME TO k2_event").update();
		shop.respondToStatusRequests(503);
		for (int push = 0; push < 12; push++) {
			shop.bean(StkService.class)
				.initiateIncomingPayment(StkPushRequest.builder()
					.tillNumber("K1")
					.phoneNumber(MonitoredShop.PHONE_NUMBER)
					.amount(1)
					.build());
		}
		awaitScrape(shop, followUps("unavailable", "1[2-9]"));
		shop.respondToStatusRequests(404);
		awaitScrape(shop, followUps("unresolved", "12"));
		awaitInbox(shop, 0, 1);
		awaitAccepted(shop, MonitoredShop.payment("slow"));
		receivedAnHourAgo(jdbc);
		Awaitility.await().atMost(LONG).until(() -> shop.deliver("2") == 503);
		shop.respondToTokenRequests(401);
		TokenService tokens = shop.bean(K2Accounts.class).get("duka").tokens();
		assertThatExceptionOfType(K2AuthenticationException.class).isThrownBy(tokens::getToken);
	}

	/**
	 * Let reconciliation find a payment, and wait until nothing of it is left to do.
	 */
	private static void missPayment(MonitoredShop shop) {
		K2Reconciliation reconciliation = shop.bean(K2Reconciliation.class);
		Awaitility.await().atMost(LONG).until(() -> reconciliation.tills().get(0).lastCompleteCheck() != null);
		shop.payWithoutMessage("TK2");
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		reconciliation.check("112233", now.minusHours(1), now);
		awaitScrape(shop, "k2_reconciliation_missed_total\\{[^}]*k2_kind=\"missed_till_payment\"[^}]*} 1");
		JdbcClient jdbc = shop.bean(JdbcClient.class);
		Awaitility.await()
			.atMost(LONG)
			.until(() -> jdbc.sql("SELECT COUNT(*) FROM k2_task WHERE execution_time < ?")
				.param(now.plusMinutes(5))
				.query(Long.class)
				.single() == 0);
	}

	private static String followUps(String outcome, String count) {
		return "k2_follow_up_seconds_count\\{[^}]*k2_outcome=\"" + outcome + "\"[^}]*} " + count;
	}

	/**
	 * Deliver a message until it is accepted. The inbox of this shop takes one event at a
	 * time, and counts those that wait every 100 milliseconds.
	 */
	private static void awaitAccepted(MonitoredShop shop, String message) {
		Awaitility.await().atMost(LONG).until(() -> shop.deliver("", message, MonitoredShop.API_KEY) == 200);
	}

	private static void awaitInbox(MonitoredShop shop, int waiting, int parked) {
		K2Inbox inbox = shop.bean(K2Inbox.class);
		Awaitility.await().atMost(LONG).until(() -> inbox.waiting() == waiting && inbox.parked().size() == parked);
	}

	private static String awaitScrape(MonitoredShop shop, String... patterns) {
		AtomicReference<String> scrape = new AtomicReference<>();
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			scrape.set(shop.actuator("prometheus").body());
			assertThat(List.of(patterns)).allSatisfy((pattern) -> assertThat(scrape.get()).containsPattern(pattern));
		});
		return scrape.get();
	}

	/**
	 * Change the time of receipt of the event that waits.
	 */
	private static void receivedAnHourAgo(JdbcClient jdbc) {
		String waiting = " WHERE task_name = 'k2-inbox' AND execution_time < '2037-01-01'";
		byte[] data = jdbc.sql("SELECT task_data FROM k2_task" + waiting).query(byte[].class).single();
		String event = new String(data, StandardCharsets.UTF_8);
		String changed = event.replaceFirst("\"receivedAt\":\"[^\"]*\"",
				"\"receivedAt\":\"" + Instant.now().minus(Duration.ofHours(1)) + "\"");
		assertThat(jdbc.sql("UPDATE k2_task SET task_data = ?" + waiting)
			.param(changed.getBytes(StandardCharsets.UTF_8))
			.update()).isOne();
	}

	/**
	 * The meters are there from the start, with the names of the documentation.
	 */
	@Test
	void scrapeHasDocumentedMetersFromTheStart() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET, MonitoredShop.RECONCILIATION)) {
			Set<String> scraped = FAMILY.matcher(shop.actuator("prometheus").body())
				.results()
				.map((match) -> match.group(1))
				.filter((family) -> !family.endsWith("_max") && !RuleTest.isActive(family))
				.collect(Collectors.toCollection(TreeSet::new));
			assertThat(scraped).isEqualTo(find(DOCUMENTED, PAGE));
		}
	}

	@Test
	void everyAlertHasRunbook() throws IOException {
		Set<String> anchors = find(HEADING, PAGE).stream()
			.map((heading) -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
		assertThat(anchors).containsAll(find(RUNBOOK, FOLDER.resolve("alerts.yml")));
		assertThat(find(ALERT, FOLDER.resolve("alerts.yml")))
			.allSatisfy((alert) -> assertThat(Files.readString(PAGE)).contains("`" + alert + "`"));
	}

}
