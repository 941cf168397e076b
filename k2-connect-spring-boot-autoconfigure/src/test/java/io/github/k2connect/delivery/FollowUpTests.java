package io.github.k2connect.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the follow-up at two instances that share a database.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("shops")
class FollowUpTests {

	private static final Duration LONG = Duration.ofSeconds(90);

	private static final String PATH = "/api/v1/incoming_payments";

	@RegisterExtension
	static final WireMockKopoKopo server = new WireMockKopoKopo(WireMockConfiguration.options().globalTemplating(true));

	private final KopoKopo kopoKopo = new KopoKopo();

	private final TwoInstances shop;

	private final DatabaseServer database;

	private final FollowUpApplication application;

	private final FollowUpApplication otherInstance;

	FollowUpTests(TwoInstances shop) {
		this.shop = shop;
		this.database = shop.database();
		this.application = shop.one().getBean(FollowUpApplication.class);
		this.otherInstance = shop.other().getBean(FollowUpApplication.class);
	}

	static Stream<TwoInstances> shops() {
		return TwoInstances.onEachDatabase(FollowUpApplication.class, "--k2.client-id=id", "--k2.client-secret=secret",
				"--k2.base-url=" + server.baseUrl(), "--k2.follow-up.enabled=true", "--k2.follow-up.first-check=300ms",
				"--k2.scheduler.heartbeat-interval=1s");
	}

	@BeforeEach
	void empty() {
		this.application.failures.set(0);
		this.otherInstance.failures.set(0);
		server.stubFor(WireMock.post(PATH).willReturn(created()));
		answer("Success");
		this.database.jdbc().sql("DELETE FROM k2_task").update();
		this.database.jdbc().sql("DELETE FROM k2_request").update();
		this.database.jdbc().sql("DELETE FROM effect").update();
		this.database.jdbc().sql("DELETE FROM k2_event").update();
	}

	private static ResponseDefinitionBuilder created() {
		return WireMock.created().withHeader("Location", server.baseUrl() + PATH + "/{{randomValue type='UUID'}}");
	}

	private static void answer(String status) {
		server.stubFor(WireMock.get(WireMock.urlPathMatching(PATH + "/.*")).willReturn(WireMock.okJson("""
				{"data": {"id": "{{request.path.[3]}}", "type": "incoming_payment",
				"attributes": {"status": "%s"}}}""".formatted(status))));
	}

	private static byte[] callback(String id) {
		return """
				{"data": {"id": "%s", "type": "incoming_payment", "attributes": {"status": "Success"}}}""".formatted(id)
			.getBytes(StandardCharsets.UTF_8);
	}

	private void awaitEnd() {
		Awaitility.await().atMost(LONG).until(() -> this.database.count("k2_task") == 0);
	}

	private static List<String> ids(List<K2Location> locations) {
		return locations.stream().map(K2Location::id).toList();
	}

	private static int calls(String id) {
		return server.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo(PATH + "/" + id))).size();
	}

	@Test
	void publishesResultWithoutCallback() {
		K2Location location = this.application.push();
		awaitEnd();
		assertThat(this.database.effects()).containsExactly(location.id() + " Success");
	}

	@Test
	void publishesRequestsOfTwoInstancesOnce() {
		List<K2Location> locations = IntStream.range(0, 20)
			.mapToObj((i) -> ((i % 2 == 0) ? this.application : this.otherInstance).push())
			.toList();
		awaitEnd();
		assertThat(this.database.effects())
			.containsExactlyInAnyOrderElementsOf(ids(locations).stream().map((id) -> id + " Success").toList());
		assertThat(ids(locations)).allSatisfy((id) -> assertThat(calls(id)).isOne());
	}

	@Test
	void publishesOnceWhenCallbackAndStatusCheckCoincide() {
		List<K2Location> locations = IntStream.range(0, 20).mapToObj((i) -> this.application.push()).toList();
		List<CompletableFuture<Integer>> answers = new ArrayList<>();
		Awaitility.await().atMost(LONG).until(() -> calls(locations.get(0).id()) > 0);
		for (String id : ids(locations)) {
			answers.add(CompletableFuture.supplyAsync(() -> deliver(id)));
		}
		assertThat(answers).allSatisfy((answer) -> assertThat(answer).succeedsWithin(LONG).isEqualTo(200));
		awaitEnd();
		assertThat(this.database.effects())
			.containsExactlyInAnyOrderElementsOf(ids(locations).stream().map((id) -> id + " Success").toList());
	}

	private int port() {
		return this.shop.one().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private int deliver(String id) {
		try {
			return this.kopoKopo.deliver(callback(id), port());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void endsWithoutCallAfterCallback() {
		answer("Pending");
		this.shop.stopSchedulers();
		try {
			K2Location location = this.application.push();
			assertThat(deliver(location.id())).isEqualTo(200);
			assertThat(this.database.count("k2_task")).isZero();
			assertThat(this.database.effects()).containsExactly(location.id() + " Success");
		}
		finally {
			this.shop.startSchedulers();
		}
	}

	@Test
	void redeliversResultWhenListenerFails() {
		this.application.failures.set(2);
		this.otherInstance.failures.set(2);
		K2Location location = this.application.push();
		awaitEnd();
		assertThat(this.database.effects()).containsExactly(location.id() + " Success");
	}

	/**
	 * The second call is not followed up: the first one is.
	 */
	@Test
	void publishesResultOfRequestWithKeyOnce() {
		K2Location location = this.application.push("order-17");
		assertThat(this.otherInstance.push("order-17")).isEqualTo(location);
		assertThat(this.database.count("k2_task")).isOne();
		awaitEnd();
		assertThat(this.database.effects()).containsExactly(location.id() + " Success");
	}

	/**
	 * The response is lost, and somebody finds the location of the request.
	 */
	@Test
	void followsUpRequestThatSomebodyHasResolved() {
		server.stubFor(WireMock.post(PATH).willReturn(WireMock.serverError()));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> this.application.push("order-18"));
		assertThat(this.database.count("k2_task")).isZero();
		K2IdempotencyKeys keys = this.shop.other().getBean(K2IdempotencyKeys.class);
		assertThat(keys.resolve("order-18", K2Location.of(server.baseUrl() + PATH + "/found"))).isTrue();
		awaitEnd();
		assertThat(this.database.effects()).containsExactly("found Success");
	}

	@Test
	void followsUpRequestOfRolledBackTransaction() {
		TransactionTemplate transaction = new TransactionTemplate(
				this.shop.one().getBean(PlatformTransactionManager.class));
		K2Location location = transaction.execute((status) -> {
			this.database.jdbc();
			status.setRollbackOnly();
			return this.application.push();
		});
		awaitEnd();
		assertThat(this.database.effects()).containsExactly(location.id() + " Success");
	}

	@Test
	void sendsNothingAndLosesNothingWhileDatabaseIsAway() {
		answer("Pending");
		K2Location location = this.application.push();
		Awaitility.await().atMost(LONG).until(() -> calls(location.id()) > 0);
		this.database.jdbc().sql("ALTER TABLE k2_task RENAME TO away").update();
		try {
			int sent = server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).size();
			assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this.application::push)
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
			assertThat(server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH)))).hasSize(sent);
			answer("Success");
		}
		finally {
			this.database.jdbc().sql("ALTER TABLE away RENAME TO k2_task").update();
		}
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> this.database.count("k2_task") == 0);
		assertThat(this.database.effects()).containsExactly(location.id() + " Success");
	}

	/**
	 * The instance is killed after it has sent the request and before the response
	 * arrives. The outcome is unknown.
	 */
	@Test
	void reportsRequestAsUnresolvedWhenInstanceIsKilledBeforeResponse(
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs) throws Exception {
		this.shop.kind().assumeProof();
		server.stubFor(WireMock.post(PATH).willReturn(created().withFixedDelay(20_000)));
		try (Instance mortal = new Instance(FollowUpApplication.class, logs.resolve("mortal.log"),
				this.shop.arguments("--push=true"))) {
			Awaitility.await()
				.atMost(LONG)
				.until(() -> !server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).isEmpty());
			mortal.kill();
		}
		assertThat(this.database.count("k2_task")).isOne();
		Awaitility.await().atMost(LONG).until(() -> {
			this.database.jdbc()
				.sql("UPDATE k2_task SET execution_time = CURRENT_TIMESTAMP WHERE picked = FALSE")
				.update();
			return this.database.count("k2_task") == 0;
		});
		assertThat(this.database.effects()).containsExactly("unresolved incoming_payment null");
	}

	/**
	 * The instance is killed while its status request waits for the response.
	 */
	@Test
	void publishesResultAtAnotherInstanceWhenInstanceIsKilled(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		this.shop.kind().assumeProof();
		server.stubFor(WireMock.get(WireMock.urlPathMatching(PATH + "/.*"))
			.willReturn(WireMock.aResponse().withFixedDelay(20_000)));
		this.shop.stopSchedulers();
		try (Instance mortal = new Instance(FollowUpApplication.class, logs.resolve("mortal.log"),
				this.shop.arguments("--push=true"))) {
			Awaitility.await()
				.atMost(LONG)
				.until(() -> !server.findAll(WireMock.getRequestedFor(WireMock.urlPathMatching(PATH + "/.*")))
					.isEmpty());
			mortal.kill();
		}
		finally {
			this.shop.startSchedulers();
		}
		answer("Success");
		Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> this.database.count("k2_task") == 0);
		assertThat(this.database.effects()).singleElement().asString().endsWith(" Success");
	}

}
