package io.github.k2connect.delivery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.K2Location;
import io.github.k2connect.Scope;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.UnknownK2AccountException;
import io.github.k2connect.subscription.DeclaredSubscription;
import io.github.k2connect.subscription.DeclaredSubscription.State;
import io.github.k2connect.subscription.K2Subscriptions;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for subscriptions that two instances declare while they run.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("platforms")
class DeclaredSubscriptionTests {

	private static final Duration LONG = Duration.ofSeconds(90);

	private static final String PATH = "/api/v1/webhook_subscriptions";

	@RegisterExtension
	static final WireMockKopoKopo server = new WireMockKopoKopo(WireMockConfiguration.options().globalTemplating(true));

	private static final RetryTemplate REPEATED_TRANSACTION = new RetryTemplate(
			RetryPolicy.builder().includes(ConcurrencyFailureException.class).delay(Duration.ofMillis(50)).build());

	private final TwoInstances platform;

	private final DatabaseServer database;

	private final SubscribingApplication one;

	private final SubscribingApplication other;

	private final K2Subscriptions subscriptions;

	DeclaredSubscriptionTests(TwoInstances platform) {
		this.platform = platform;
		this.database = platform.database();
		this.one = platform.one().getBean(SubscribingApplication.class);
		this.other = platform.other().getBean(SubscribingApplication.class);
		this.subscriptions = platform.other().getBean(K2Subscriptions.class);
	}

	static Stream<TwoInstances> platforms() {
		return TwoInstances.onEachDatabase(SubscribingApplication.class, "--k2.base-url=" + server.baseUrl(),
				"--k2.callback-url=https://platform.example/k2/webhooks", "--k2.scheduler.heartbeat-interval=2s",
				"--k2.scheduler.shutdown-timeout=1s");
	}

	@BeforeEach
	void empty() {
		this.platform.stopSchedulers();
		this.database.jdbc().sql("DELETE FROM k2_task").update();
		this.platform.startSchedulers();
		this.database.jdbc().sql("DELETE FROM effect").update();
		SubscribingApplication.GONE.clear();
		server.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.created()
				.withHeader("Location", server.baseUrl() + PATH + "/{{randomValue type='UUID'}}")));
		server.stubFor(WireMock.get(WireMock.urlPathMatching(PATH + "/.*")).willReturn(WireMock.okJson("""
				{"data": {"id": "{{request.path.[3]}}", "type": "webhook_subscription",
				"attributes": {"status": "Active"}}}""")));
	}

	private static int made() {
		return server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).size();
	}

	private static int asked(K2Location location) {
		return server.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo(location.uri().getPath()))).size();
	}

	/**
	 * Let the next execution of each subscription be due.
	 */
	private void makeDue() {
		this.database.jdbc()
			.sql("UPDATE k2_task SET execution_time = ? WHERE picked = ?")
			.params(Instant.now().minusSeconds(60).atOffset(ZoneOffset.UTC), false)
			.update();
	}

	private DeclaredSubscription await(String merchant, State state) {
		return Awaitility.await()
			.atMost(LONG)
			.until(() -> this.subscriptions.declared()
				.stream()
				.filter((declared) -> declared.account().equals(merchant) && declared.state() == state)
				.findFirst()
				.orElse(null), (declared) -> declared != null);
	}

	@Test
	void createsSubscriptionsOnceThatTwoInstancesDeclareAtOnce() {
		List<String> merchants = IntStream.range(0, 10).mapToObj((i) -> "merchant-" + i).toList();
		for (String merchant : merchants) {
			CyclicBarrier start = new CyclicBarrier(2);
			List<CompletableFuture<Void>> added = Stream.of(this.one, this.other)
				.map((instance) -> CompletableFuture.runAsync(() -> {
					pass(start);
					REPEATED_TRANSACTION.invoke(() -> instance.add(merchant, () -> {
					}));
				}))
				.toList();
			assertThat(added).allSatisfy((done) -> assertThat(done).succeedsWithin(LONG));
		}
		merchants.forEach((merchant) -> {
			DeclaredSubscription created = await(merchant, State.CREATED);
			assertThat(created.location()).isNotNull();
			assertThat(created.request().eventType()).isEqualTo("buygoods_transaction_received");
			assertThat(created.request().scope()).isEqualTo(Scope.COMPANY);
			assertThat(created.request().url())
				.isEqualTo(URI.create("https://platform.example/k2/webhooks/" + merchant));
		});
		assertThat(made()).isEqualTo(10);
		assertThat(this.database.effects()).hasSize(20);
		assertThat(this.subscriptions.declared()).hasSize(10);
		this.one.declare("merchant-0");
		makeDue();
		assertThat(await("merchant-0", State.CREATED)).isNotNull();
		assertThat(made()).isEqualTo(10);
	}

	private static void pass(CyclicBarrier barrier) {
		try {
			barrier.await(60, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void declaresNothingIfTransactionIsRolledBack() {
		assertThatIllegalStateException().isThrownBy(() -> this.one.add("merchant-1", () -> {
			throw new IllegalStateException("The till is wrong");
		}));
		assertThat(this.database.count("k2_task")).isZero();
		this.one.declare("merchant-2");
		await("merchant-2", State.CREATED);
		assertThat(made()).isOne();
	}

	@Test
	void declaresNothingForUnknownAccount() {
		assertThatExceptionOfType(UnknownK2AccountException.class).isThrownBy(() -> this.one.declare("mercahnt-1"));
		assertThat(this.database.count("k2_task")).isZero();
	}

	@Test
	void createsSubscriptionAgainThatWasDeletedAtKopoKopo() {
		this.one.declare("merchant-1");
		K2Location first = Objects.requireNonNull(await("merchant-1", State.CREATED).location());
		Awaitility.await().atMost(LONG).until(() -> {
			makeDue();
			return this.subscriptions.declared().get(0).lastSeen() != null;
		});
		server.stubFor(WireMock.get(first.uri().getPath()).willReturn(WireMock.notFound()));
		Awaitility.await().atMost(LONG).until(() -> {
			makeDue();
			DeclaredSubscription declared = this.subscriptions.declared().get(0);
			return declared.location() != null && !declared.location().equals(first);
		});
		assertThat(made()).isEqualTo(2);
	}

	@Test
	void keepsSubscriptionOfAccountThatHasGone() {
		this.one.declare("merchant-1");
		K2Location location = Objects.requireNonNull(await("merchant-1", State.CREATED).location());
		SubscribingApplication.GONE.add("merchant-1");
		forget("merchant-1");
		int asked = asked(location);
		makeDue();
		Awaitility.await().atMost(LONG).until(() -> nextExecution().isAfter(Instant.now().plus(Duration.ofHours(2))));
		assertThat(asked(location)).isEqualTo(asked);
		assertThat(this.subscriptions.declared().get(0).state()).isEqualTo(State.CREATED);
		SubscribingApplication.GONE.clear();
		forget("merchant-1");
		makeDue();
		Awaitility.await().atMost(LONG).until(() -> asked(location) > asked);
		assertThat(made()).isOne();
	}

	private void forget(String merchant) {
		this.platform.all().forEach((instance) -> instance.getBean(K2Accounts.class).forget(merchant));
	}

	private Instant nextExecution() {
		return this.database.jdbc()
			.sql("SELECT execution_time FROM k2_task")
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single();
	}

	/**
	 * The row of the killed instance has the request, so that the other instance can
	 * report it.
	 */
	@Test
	void doesNotRepeatCreationOfKilledInstance(@TempDir Path directory) throws Exception {
		this.platform.kind().assumeProof();
		server.stubFor(WireMock.post(PATH).willReturn(WireMock.created().withFixedDelay(120_000)));
		this.platform.stopSchedulers();
		try (Instance killed = new Instance(SubscribingApplication.class, directory.resolve("log"),
				this.platform.arguments("--add=merchant-1"))) {
			Awaitility.await().atMost(LONG).until(() -> made() == 1);
			killed.kill();
		}
		this.platform.startSchedulers();
		DeclaredSubscription unknown = await("merchant-1", State.UNKNOWN);
		makeDue();
		Awaitility.await()
			.atMost(LONG)
			.until(() -> nextExecution().isAfter(Instant.now().plus(Duration.ofMinutes(30))));
		assertThat(unknown.location()).isNull();
		assertThat(unknown.request().scope()).isEqualTo(Scope.COMPANY);
		assertThat(made()).isOne();
	}

}
