package io.github.k2connect.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for idempotency keys at two instances that share a database.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("shops")
class IdempotencyKeyTests {

	private static final int CALLERS = 64;

	private static final String PATH = "/api/v1/incoming_payments";

	private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]*)\"");

	@RegisterExtension
	static final WireMockKopoKopo server = new WireMockKopoKopo(
			WireMockConfiguration.options().containerThreads(100).globalTemplating(true));

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	private final TwoInstances shop;

	private final DatabaseServer database;

	private final FollowUpApplication application;

	private final FollowUpApplication otherInstance;

	private final K2IdempotencyKeys keys;

	IdempotencyKeyTests(TwoInstances shop) {
		this.shop = shop;
		this.database = shop.database();
		this.application = shop.one().getBean(FollowUpApplication.class);
		this.otherInstance = shop.other().getBean(FollowUpApplication.class);
		this.keys = shop.other().getBean(K2IdempotencyKeys.class);
	}

	static Stream<TwoInstances> shops() {
		return TwoInstances.onEachDatabase(FollowUpApplication.class, "--k2.client-id=id", "--k2.client-secret=secret",
				"--k2.base-url=" + server.baseUrl());
	}

	@BeforeEach
	void respond() {
		respondAfter(Duration.ofMillis(50));
		this.database.jdbc().sql("DELETE FROM k2_request").update();
	}

	private static void respondAfter(Duration delay) {
		server.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.created()
				.withFixedDelay((int) delay.toMillis())
				.withHeader("Location", server.baseUrl() + PATH + "/{{randomValue type='UUID'}}")));
	}

	@AfterEach
	void stop() {
		this.callers.shutdownNow();
	}

	/**
	 * Return how often each key was sent.
	 */
	private static Map<String, Integer> sent() {
		Map<String, Integer> sent = new HashMap<>();
		server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).forEach((request) -> {
			Matcher key = KEY.matcher(request.getBodyAsString());
			sent.merge(key.find() ? key.group(1) : "", 1, Integer::sum);
		});
		return sent;
	}

	private FollowUpApplication any(int number) {
		return (number % 2 == 0) ? this.application : this.otherInstance;
	}

	/**
	 * Call until there is a location. On a busy machine the database may take too long.
	 */
	private static K2Location pushUntilLocated(FollowUpApplication application, String key) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.ignoreExceptionsMatching(
					(ex) -> ex instanceof K2DuplicateRequestException || ex instanceof K2RequestNotSentException)
			.until(() -> application.push(key), (location) -> true);
	}

	@Test
	void sendsOneRequestOfManyCallersAtTwoInstances() throws Exception {
		for (int round = 0; round < 5; round++) {
			String key = "order-" + round;
			List<Callable<K2Location>> calls = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				FollowUpApplication application = any(i);
				calls.add(() -> pushUntilLocated(application, key));
			}
			List<K2Location> locations = new ArrayList<>();
			for (Future<K2Location> location : this.callers.invokeAll(calls)) {
				locations.add(location.get());
			}
			assertThat(Set.copyOf(locations)).hasSize(1);
			assertThat(this.keys.find(key)).contains(locations.get(0));
		}
		assertThat(sent()).hasSize(5).allSatisfy((key, times) -> assertThat(times).isOne());
		assertThat(this.keys.unresolved()).isEmpty();
	}

	/**
	 * Some keys are new and some are known, in the same groups of statements.
	 */
	@Test
	void sendsEachOfManyKeysOnce() throws Exception {
		List<Callable<K2Location>> calls = new ArrayList<>();
		for (int i = 0; i < 8 * CALLERS; i++) {
			FollowUpApplication application = any(i);
			String key = "order-" + i / 4;
			calls.add(() -> pushUntilLocated(application, key));
		}
		for (Future<K2Location> location : this.callers.invokeAll(calls)) {
			assertThat(location.get()).isNotNull();
		}
		assertThat(sent()).hasSize(2 * CALLERS).allSatisfy((key, times) -> assertThat(times).isOne());
	}

	@Test
	void comparesKeysByteForByte() {
		List<String> similar = List.of("order", "Order", "ORDER", "order ", "order  ", " order", "o'rder", "or\\der",
				"or%der", "or_der", "\"order\"", "~", " ", "x".repeat(255), "x".repeat(254) + "X");
		similar.forEach(this.application::push);
		List<String> locations = similar.stream().map((key) -> this.otherInstance.push(key).id()).toList();
		assertThat(locations).doesNotHaveDuplicates();
		assertThat(server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH)))).hasSize(similar.size());
		this.database.jdbc().sql("UPDATE k2_request SET location = NULL, releasable_at = 0").update();
		assertThat(this.keys.unresolved()).extracting(UnresolvedKey::key).containsExactlyInAnyOrderElementsOf(similar);
		assertThat(this.keys.release("order")).isTrue();
		assertThat(this.keys.unresolved()).hasSize(similar.size() - 1);
	}

	@Test
	void resolvesAndReleasesAtAnotherInstance() {
		server.stubFor(WireMock.post(PATH).willReturn(WireMock.serverError()));
		IntStream.rangeClosed(1, 2)
			.forEach((i) -> assertThat(catchThrowable(() -> this.application.push("order-" + i))).isNotNull());
		K2Location location = K2Location.of(server.baseUrl() + PATH + "/found");
		assertThat(this.keys.resolve("order-1", location)).isTrue();
		assertThat(this.application.push("order-1")).isEqualTo(location);
		assertThat(this.keys.release("order-2")).isFalse();
		this.database.jdbc().sql("UPDATE k2_request SET releasable_at = releasable_at - 80000").update();
		respondAtOnce();
		assertThat(this.keys.release("order-2")).isTrue();
		assertThat(this.application.push("order-2")).isEqualTo(this.otherInstance.push("order-2"));
		assertThat(sent()).isEqualTo(Map.of("order-1", 1, "order-2", 2));
	}

	private static void respondAtOnce() {
		respondAfter(Duration.ZERO);
	}

	@Test
	void refusesForeignLocation() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.keys.resolve("order", K2Location.of("https://elsewhere.example/api/v1/payments/1")))
			.satisfies((ex) -> assertThat(ex.violations()).singleElement()
				.satisfies((violation) -> assertThat(violation.property()).isEqualTo("location")));
	}

	@Test
	void refusesOtherRequestWithSameKeyAtOtherInstance() {
		this.application.push("order");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> this.shop.other()
			.getBean(StkService.class)
			.initiateIncomingPayment(StkPushRequest.builder()
				.tillNumber("K000000")
				.phoneNumber("+254999999999")
				.amount(2)
				.callbackUrl("https://duka.example/k2/webhooks")
				.idempotencyKey("order")
				.build()));
		assertThat(sent()).isEqualTo(Map.of("order", 1));
	}

	@Test
	void sendsNothingWhileTableIsAway() {
		this.application.push("order-1");
		this.database.jdbc().sql("ALTER TABLE k2_request RENAME TO away").update();
		try {
			assertThatExceptionOfType(K2RequestNotSentException.class)
				.isThrownBy(() -> this.application.push("order-2"))
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		}
		finally {
			this.database.jdbc().sql("ALTER TABLE away RENAME TO k2_request").update();
		}
		assertThat(sent()).isEqualTo(Map.of("order-1", 1));
		assertThat(pushUntilLocated(this.application, "order-2")).isNotNull();
		assertThat(sent()).isEqualTo(Map.of("order-1", 1, "order-2", 1));
	}

	/**
	 * A job is killed in the middle, and runs again at another instance.
	 */
	@Test
	void sendsNothingTwiceWhenJobIsKilledAndRunsAgain(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		this.shop.kind().assumeProof();
		respondAfter(Duration.ofMillis(200));
		int size = 400;
		try (Instance mortal = new Instance(FollowUpApplication.class, logs.resolve("mortal.log"),
				this.shop.arguments("--keys=" + size))) {
			Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> sent().size() > 100);
			mortal.kill();
		}
		assertThat(sent().size()).isBetween(100, size - 1);
		respondAfter(Duration.ZERO);
		List<String> inDoubt = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			try {
				this.application.push("order-" + i);
			}
			catch (K2DuplicateRequestException ex) {
				inDoubt.add(ex.idempotencyKey());
			}
		}
		assertThat(sent()).allSatisfy((key, times) -> assertThat(times).as(key).isOne());
		assertThat(inDoubt).hasSizeBetween(1, 16);
		assertThat(this.keys.unresolved()).extracting(UnresolvedKey::key).containsExactlyInAnyOrderElementsOf(inDoubt);
		assertThat(sent().keySet()).containsAll(IntStream.range(0, size)
			.mapToObj((i) -> "order-" + i)
			.filter((key) -> !inDoubt.contains(key))
			.toList());
	}

}
