package io.github.k2connect.subscription;

import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.k2connect.AccountName;
import io.github.k2connect.Scope;
import io.github.k2connect.TestTables;
import io.github.k2connect.Ticker;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.TestAccounts;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubscriptionTask}, with a clock that a test moves.
 */
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionTaskTests {

	private static final String PATH = "/api/v1/webhook_subscriptions";

	private static final WireMockServer kopoKopo = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final TaskTable table = new TaskTable(TestTables.of(this.dataSource));

	private final SettableClock time = new SettableClock();

	private Declaration declared;

	private Function<String, WebhookService> accounts;

	@BeforeAll
	static void start() {
		kopoKopo.start();
	}

	@AfterAll
	static void stop() {
		kopoKopo.stop();
	}

	@BeforeEach
	void setUp() {
		kopoKopo.resetAll();
		this.time.set(Instant.now());
		URI baseUrl = URI.create(kopoKopo.baseUrl());
		WebhookService service = new WebhookService(new K2ClientFactory(new K2ClientSettings(baseUrl, ApiVersion.V1,
				null, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(45), 1))
			.create());
		this.accounts = (account) -> service;
		this.declared = new Declaration(AccountName.DEFAULT, request("buygoods_transaction_received"));
		makes("s1");
	}

	private static WebhookSubscriptionRequest request(String topic) {
		return WebhookSubscriptionRequest.builder()
			.eventType(topic)
			.scope(Scope.TILL)
			.scopeReference("K112233")
			.url("https://duka.example/k2/webhooks")
			.build();
	}

	private static String key(Declaration declaration) {
		return declaration.key(URI.create(kopoKopo.baseUrl()), "client");
	}

	private ManualScheduler instance(Declaration... configured) {
		Map<String, Declaration> declarations = Stream.of(configured)
			.collect(Collectors.toMap(SubscriptionTaskTests::key, Function.identity()));
		SubscriptionTask task = new SubscriptionTask(() -> declarations, this.accounts, this.table,
				TestScheduler.delays(new MovedClock(this.time)));
		task.started();
		return TestScheduler.manual(this.table.database(), this.time, task);
	}

	private static void makes(String id) {
		kopoKopo.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.created().withHeader("Location", kopoKopo.baseUrl() + PATH + "/" + id)));
		has(id, WireMock.okJson("""
				{"data": {"id": "%s", "type": "webhook_subscription", "attributes": {"status": "Active"}}}"""
			.formatted(id)));
	}

	private static void has(String id, ResponseDefinitionBuilder response) {
		kopoKopo.stubFor(WireMock.get(PATH + "/" + id).willReturn(response));
	}

	private static int made() {
		return kopoKopo.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).size();
	}

	private static int asked(String id) {
		return kopoKopo.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo(PATH + "/" + id))).size();
	}

	private void pass(Duration duration, ManualScheduler... instances) {
		TestScheduler.pass(duration, this.time, () -> TestScheduler.nextExecution(this.dataSource), () -> {
			for (ManualScheduler instance : instances) {
				instance.runAnyDueExecutions();
			}
		});
	}

	@Test
	void createsSubscriptionOnceForTwoInstancesAndRestart(CapturedOutput output) {
		ManualScheduler one = instance(this.declared);
		ManualScheduler other = instance(this.declared);
		pass(Duration.ofMinutes(5), one, other);
		pass(Duration.ofMinutes(5), instance(this.declared));
		assertThat(made()).isOne();
		assertThat(output).contains("Subscribed to buygoods_transaction_received of till K112233");
	}

	@Test
	void logsRejectionWithReasonOfKopoKopo(CapturedOutput output) {
		kopoKopo.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.jsonResponse(
					"{\"error_code\": 400, \"error_message\": [\"url is not\\nreachable\", \"scope is wrong\"]}",
					400)));
		pass(Duration.ofMinutes(1), instance(this.declared));
		assertThat(output).contains("Failed to subscribe to buygoods_transaction_received of till K112233")
			.contains("Kopo Kopo responded with status 400 to POST /api/v1/webhook_subscriptions: "
					+ "\"url is not<EOL>reachable; scope is wrong\"");
	}

	@Test
	void logsRejectedCredentialsWithReasonOfKopoKopo(CapturedOutput output) {
		kopoKopo
			.stubFor(WireMock.post(PATH)
				.willReturn(WireMock.jsonResponse(
						"{\"error\": \"invalid_token\", \"error_description\": \"The access token was revoked\"}",
						401)));
		pass(Duration.ofMinutes(1), instance(this.declared));
		assertThat(output)
			.contains("status 401 to POST /api/v1/webhook_subscriptions: \"The access token was revoked\"");
	}

	@Test
	void logsRejectionWithoutReasonWithStatus(CapturedOutput output) {
		kopoKopo.stubFor(WireMock.post(PATH).willReturn(WireMock.status(403)));
		pass(Duration.ofMinutes(1), instance(this.declared));
		assertThat(output).containsPattern("status 403 to POST /api/v1/webhook_subscriptions\\R");
	}

	@Test
	void checksSubscriptionRegularly() {
		pass(Duration.ofHours(10), instance(this.declared));
		assertThat(made()).isOne();
		assertThat(asked("s1")).isBetween(7, 12);
	}

	@Test
	void createsSubscriptionAgainWhenKopoKopoNoLongerKnowsIt() {
		ManualScheduler instance = instance(this.declared);
		pass(Duration.ofMinutes(5), instance);
		makes("s2");
		has("s1", WireMock.notFound());
		pass(Duration.ofHours(2), instance);
		assertThat(made()).isEqualTo(2);
		pass(Duration.ofHours(3), instance);
		assertThat(made()).isEqualTo(2);
		assertThat(asked("s2")).isPositive();
	}

	/**
	 * Otherwise each check would create another subscription, and each subscription
	 * delivers every message.
	 */
	@Test
	void doesNotCreateSubscriptionAgainWhenKopoKopoNeverKnewIt(CapturedOutput output) {
		has("s1", WireMock.notFound());
		pass(Duration.ofHours(5), instance(this.declared));
		assertThat(made()).isOne();
		assertThat(output).contains("does not know the subscription");
	}

	@Test
	void doesNotCreateSubscriptionAgainAfterSingle404OrOutage() {
		ManualScheduler instance = instance(this.declared);
		pass(Duration.ofMinutes(5), instance);
		kopoKopo.stubFor(WireMock.get(PATH + "/s1")
			.inScenario("hiccup")
			.whenScenarioStateIs("Started")
			.willReturn(WireMock.notFound())
			.willSetStateTo("over"));
		pass(Duration.ofHours(2), instance);
		has("s1", WireMock.serverError());
		pass(Duration.ofHours(3), instance);
		has("s1", WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		pass(Duration.ofHours(3), instance);
		assertThat(made()).isOne();
	}

	@Test
	void retriesRejectedSubscription() {
		kopoKopo.stubFor(WireMock.post(PATH).willReturn(WireMock.forbidden()));
		ManualScheduler instance = instance(this.declared);
		pass(Duration.ofHours(1), instance);
		assertThat(made()).isBetween(4, 7);
		makes("s1");
		pass(Duration.ofHours(2), instance);
		assertThat(asked("s1")).isPositive();
	}

	@Test
	void doesNotRepeatCreationOfUnknownOutcome(CapturedOutput output) {
		kopoKopo.stubFor(WireMock.post(PATH).willReturn(WireMock.serverError()));
		pass(Duration.ofHours(5), instance(this.declared));
		assertThat(made()).isOne();
		assertThat(output).contains("It is unknown whether Kopo Kopo created the subscription");
	}

	@Test
	void doesNotRepeatCreationWhenInstanceDies(CapturedOutput output) {
		ManualScheduler instance = instance(this.declared);
		assertThat(this.table.update(SubscriptionTask.NAME, key(this.declared), this.time.now(),
				SubscriptionState.configured(this.declared).sending().write()))
			.isTrue();
		JdbcClient.create(this.dataSource)
			.sql("UPDATE k2_task SET picked = TRUE, picked_by = 'dead', last_heartbeat = ?")
			.param(Timestamp.from(this.time.now().minus(Duration.ofHours(1))))
			.update();
		instance.runDeadExecutionDetection();
		pass(Duration.ofHours(2), instance);
		assertThat(made()).isZero();
		assertThat(output).contains("It is unknown whether Kopo Kopo created the subscription");
	}

	@Test
	void keepsUndeclaredSubscriptionAndDoesNotCreateItTwice(CapturedOutput output) {
		pass(Duration.ofMinutes(5), instance(this.declared));
		Declaration another = new Declaration(AccountName.DEFAULT, request("b2b_transaction_received"));
		ManualScheduler changed = instance(another);
		assertThat(output).contains("buygoods_transaction_received of till K112233 to https://duka.example/k2/webhooks"
				+ " is no longer in the configuration");
		pass(Duration.ofHours(3), changed);
		assertThat(made()).isEqualTo(2);
		assertThat(kopoKopo.findAll(WireMock.deleteRequestedFor(WireMock.anyUrl()))).isEmpty();
		pass(Duration.ofHours(3), instance(this.declared, another));
		assertThat(made()).isEqualTo(2);
	}

	/**
	 * Only one of the instances that share the table may have the subscription in its
	 * configuration.
	 */
	@Test
	void isCheckedAlthoughAnotherInstanceHasNoConfiguration(CapturedOutput output) {
		ManualScheduler declaring = instance(this.declared);
		ManualScheduler another = instance();
		for (int i = 0; i < 300; i++) {
			pass(Duration.ofSeconds(30), another, declaring);
			pass(Duration.ofSeconds(30), declaring, another);
		}
		assertThat(made()).isOne();
		assertThat(asked("s1")).isPositive();
		assertThat(output).doesNotContain("no longer in the configuration");
	}

	@Test
	void createsSubscriptionWhenItsAccountExists(CapturedOutput output) {
		Function<String, WebhookService> existing = this.accounts;
		K2Accounts nobody = TestAccounts.of((name) -> Optional.empty(),
				() -> new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.PRODUCTION)), 1, Duration.ofMinutes(1),
				Ticker.SYSTEM);
		this.accounts = (account) -> nobody.get(account).webhooks();
		declare(new Declaration("kiosk", this.declared.request()));
		pass(Duration.ofMinutes(10), instance());
		assertThat(made()).isZero();
		assertThat(output).contains("of till K112233 of account kiosk")
			.contains("because the account 'kiosk' does not exist");
		this.accounts = existing;
		pass(Duration.ofHours(1), instance());
		assertThat(made()).isOne();
	}

	@Test
	void keepsSubscriptionWhoseAccountCannotBeLoaded(CapturedOutput output) {
		declare(new Declaration("kiosk", this.declared.request()));
		pass(Duration.ofMinutes(10), instance());
		Function<String, WebhookService> existing = this.accounts;
		this.accounts = (account) -> {
			throw new IllegalStateException("The vault is sealed");
		};
		pass(Duration.ofHours(5), instance());
		assertThat(output).contains("because the account 'kiosk' cannot be used");
		this.accounts = existing;
		int before = asked("s1");
		pass(Duration.ofHours(2), instance());
		assertThat(asked("s1")).isGreaterThan(before);
		assertThat(made()).isOne();
	}

	private void declare(Declaration declaration) {
		this.table.insert(List.of(new NewRow(SubscriptionTask.NAME, key(declaration),
				SubscriptionState.declared(declaration).write(), null, this.time.now())));
	}

	@Test
	void keepsWhatTheApplicationDeclared() {
		Declaration declaration = new Declaration("kiosk",
				new WebhookSubscriptionRequest("b2b_transaction_received", URI.create("https://duka.example/hooks"),
						Scope.COMPANY, null, true,
						Map.of("delivery.mode", List.<Object>of("fast", Map.of("retries", 3)))));
		SubscriptionState state = SubscriptionState.declared(declaration)
			.made(URI.create("https://api.kopokopo.com/api/v1/webhook_subscriptions/s1"))
			.seen(Instant.parse("2026-03-11T05:00:00.5Z"));
		assertThat(SubscriptionState.read(state.write())).isEqualTo(state);
	}

	/**
	 * Rows are kept for years: with another key, each subscription would be created
	 * again.
	 */
	@Test
	void keepsKeyOfDefaultAccount() {
		assertThat(this.declared.key(K2ClientSettings.PRODUCTION, "client"))
			.isEqualTo("8f9bf3b5045215eb8d32bb766479c9793221c1702378bdd823742d1457190b8d");
	}

	@Test
	void distinguishesAccountsServersAndPayloads() {
		URI baseUrl = URI.create(kopoKopo.baseUrl());
		WebhookSubscriptionRequest request = this.declared.request();
		Declaration kiosk = new Declaration("kiosk", request);
		Declaration daraja = new Declaration(AccountName.DEFAULT, new WebhookSubscriptionRequest(request.eventType(),
				request.url(), request.scope(), request.scopeReference(), true, Map.of()));
		Declaration extra = new Declaration(AccountName.DEFAULT,
				request.toBuilder().extra("delivery", Map.<String, Object>of("mode", "fast", "retries", 3)).build());
		assertThat(Stream.of(this.declared.key(baseUrl, "client"), this.declared.key(baseUrl, "other"),
				this.declared.key(K2ClientSettings.PRODUCTION, "client"), kiosk.key(baseUrl, "client"),
				new Declaration("duka", request).key(baseUrl, "client"),
				kiosk.key(K2ClientSettings.PRODUCTION, "client"), daraja.key(baseUrl, "client"),
				extra.key(baseUrl, "client")))
			.doesNotHaveDuplicates();
		assertThat(kiosk.key(baseUrl, "client")).isEqualTo(kiosk.key(baseUrl, "other"));
	}

}
