package io.github.k2connect.idempotency;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.TestTables;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for requests with an idempotency key, from the service to a server and a
 * database.
 */
class IdempotentRequestTests {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final String KEY = "order-17";

	@RegisterExtension
	static final WireMockKopoKopo kopoKopo = new WireMockKopoKopo(
			WireMockConfiguration.options().globalTemplating(true));

	private final DataSource h2 = TestTables.inH2();

	private final JdbcClient jdbc = JdbcClient.create(this.h2);

	private final MortalDataSource dataSource = new MortalDataSource(this.h2);

	private final K2Database database = TestTables.of(this.dataSource);

	private final RequestWriter<?> writer = TestRequests.writer(this.database);

	private final AtomicLong passed = new AtomicLong();

	private final Ticker ticker = () -> System.nanoTime() + this.passed.get();

	private final K2IdempotencyKeys keys = TestRequests.keys(TestTables.of(this.h2), this.writer, Clock.systemUTC());

	private StkService stk;

	@BeforeEach
	void setUp() {
		respond(created());
		this.stk = service(UnaryOperator.identity());
	}

	@AfterEach
	void close() {
		this.dataSource.away = false;
		this.writer.close();
	}

	private static void respond(ResponseDefinitionBuilder response) {
		kopoKopo.stubFor(WireMock.post(PATH).willReturn(response));
	}

	private static ResponseDefinitionBuilder created() {
		return WireMock.created().withHeader("Location", kopoKopo.baseUrl() + PATH + "/{{randomValue type='UUID'}}");
	}

	private StartedRequestListener recorder() {
		return new StartedRequestRecorder<>(this.writer, this.ticker, Clock.systemUTC());
	}

	private StkService service(UnaryOperator<StartedRequestListener> listener,
			ClientHttpRequestInterceptor... interceptors) {
		return service(kopoKopo.baseUrl(), "default", listener, interceptors);
	}

	private StkService service(String baseUrl, String account, UnaryOperator<StartedRequestListener> listener,
			ClientHttpRequestInterceptor... interceptors) {
		K2ClientSettings settings = new K2ClientSettings(URI.create(baseUrl), ApiVersion.V1, null,
				Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(30), 2);
		K2ClientFactory clients = new K2ClientFactory(settings).notifying(listener.apply(recorder()))
			.forAccount(account, account, settings);
		TokenService tokens = new TokenService(
				new K2ClientFactory(K2ClientSettings.of(URI.create(kopoKopo.baseUrl()))).create(),
				new K2Credentials("client", "secret"));
		return new StkService(
				clients.create(Stream.concat(Stream.of(new BearerTokenInterceptor(tokens)), Stream.of(interceptors))
					.toArray(ClientHttpRequestInterceptor[]::new)));
	}

	/**
	 * Store a request that is not sent.
	 */
	private StartedRequest begin() {
		return recorder().begin(TestRequests.request("default", "incoming_payments", Map.of(),
				TestRequests.key(KEY, "incoming_payment")));
	}

	private static StkPushRequest.Builder request() {
		return StkPushRequest.builder()
			.tillNumber("K000000")
			.phoneNumber("+254712000001")
			.amount(100)
			.callbackUrl("https://duka.example/k2/webhooks");
	}

	private static StkPushRequest request(String key) {
		return request().idempotencyKey(key).build();
	}

	private K2Location push() {
		return push(KEY);
	}

	private K2Location push(String key) {
		return this.stk.initiateIncomingPayment(request(key));
	}

	private static int sent() {
		return kopoKopo.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).size();
	}

	private void makeReleasable() {
		this.jdbc.sql("UPDATE k2_request SET releasable_at = 0 WHERE releasable_at IS NOT NULL").update();
	}

	private void assertFree() {
		assertThat(this.keys.unresolved()).isEmpty();
		int before = sent();
		respond(created());
		this.stk = service(UnaryOperator.identity());
		assertThat(push()).isNotNull();
		assertThat(sent()).isEqualTo(before + 1);
	}

	private void assertInDoubt() {
		assertThat(this.keys.unresolved()).extracting(UnresolvedKey::key).containsExactly(KEY);
		assertThat(new KeyTable(this.database, Clock.systemUTC()).inDoubt()).isOne();
		int before = sent();
		respond(created());
		this.stk = service(UnaryOperator.identity());
		assertThatExceptionOfType(K2DuplicateRequestException.class).isThrownBy(this::push).satisfies((ex) -> {
			assertThat(ex.idempotencyKey()).isEqualTo(KEY);
			assertThat(ex.startedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
			assertThat(ex.outcomeUnknown()).isTrue();
		});
		assertThat(sent()).isEqualTo(before);
	}

	@Test
	void returnsLocationOfFirstRequest() {
		K2Location location = push();
		assertThat(push()).isEqualTo(location);
		assertThat(sent()).isOne();
		assertThat(this.keys.find(KEY)).contains(location);
		assertThat(this.keys.unresolved()).isEmpty();
	}

	@Test
	void sendsRequestsWithoutKeyEachTime() {
		assertThat(this.stk.initiateIncomingPayment(request().build()))
			.isNotEqualTo(this.stk.initiateIncomingPayment(request().build()));
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM k2_request").query(Long.class).single()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Order-17", "order-17 ", " order-17", "order-17~" })
	void sendsRequestWithSimilarKey(String other) {
		assertThat(push(other)).isNotEqualTo(push());
		assertThat(sent()).isEqualTo(2);
		assertThat(this.keys.find(other)).isNotEqualTo(this.keys.find(KEY));
	}

	@Test
	void keepsAccountsApart() {
		K2Location location = push();
		this.stk = service(kopoKopo.baseUrl(), "mombasa", UnaryOperator.identity());
		assertThat(push()).isNotEqualTo(location);
		assertThat(this.keys.find("mombasa", KEY)).isPresent().isNotEqualTo(this.keys.find(KEY));
		assertThat(this.keys.find("kisumu", KEY)).isEmpty();
	}

	@Test
	void sendsNothingWhileFirstRequestIsBeingSent() throws Exception {
		CountDownLatch sending = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		StkService slow = service(UnaryOperator.identity(), (request, body, execution) -> {
			sending.countDown();
			try {
				assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return execution.execute(request, body);
		});
		CompletableFuture<K2Location> first = CompletableFuture
			.supplyAsync(() -> slow.initiateIncomingPayment(request(KEY)));
		assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(K2DuplicateRequestException.class).isThrownBy(this::push);
		assertThat(this.keys.unresolved()).extracting(UnresolvedKey::key).containsExactly(KEY);
		assertThat(new KeyTable(this.database, Clock.systemUTC()).inDoubt()).isZero();
		assertThat(this.keys.release(KEY)).isFalse();
		answered.countDown();
		assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(push());
		assertThat(sent()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 422, 429 })
	void sendsAgainAfterRejection(int status) {
		respond(WireMock.status(status));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		assertFree();
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 409, 500, 502, 503, 504 })
	void sendsNothingAfterErrorThatMayHaveHadEffect(int status) {
		respond(WireMock.status(status));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		assertInDoubt();
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void sendsNothingAfterConnectionWasCut(Fault fault) {
		respond(WireMock.aResponse().withFault(fault));
		assertThatExceptionOfType(K2Exception.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertInDoubt();
	}

	static List<ResponseDefinitionBuilder> unreadable() {
		return List.of(WireMock.created(), WireMock.ok(), WireMock.temporaryRedirect("/elsewhere"),
				WireMock.created().withHeader("Location", "https://elsewhere.example/api/v1/incoming_payments/1"));
	}

	@ParameterizedTest
	@MethodSource("unreadable")
	void sendsNothingAfterUnreadableResponse(ResponseDefinitionBuilder response) {
		respond(response);
		assertThatExceptionOfType(K2Exception.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertInDoubt();
	}

	@Test
	void sendsAgainWhenConnectionWasRefused() {
		this.stk = service("http://localhost:1", "default", UnaryOperator.identity());
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertFree();
	}

	@Test
	void sendsAgainWhenThereWasNoToken() {
		kopoKopo.stubFor(WireMock.post("/oauth/token").willReturn(WireMock.unauthorized()));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		kopoKopo.stubFor(WireMock.post("/oauth/token").willReturn(WireMock.okJson("""
				{"access_token": "t", "token_type": "Bearer", "expires_in": 3600}""")));
		assertFree();
	}

	@Test
	void sendsAgainWhenInterceptorFailedBefore() {
		this.stk = service(UnaryOperator.identity(), (request, body, execution) -> {
			throw new IllegalStateException("The interceptor failed");
		});
		assertThatThrownBy(this::push).isInstanceOf(IllegalStateException.class);
		assertFree();
	}

	@Test
	void sendsNothingWhenInterceptorFailedAfterwards() {
		this.stk = service(UnaryOperator.identity(), (request, body, execution) -> {
			execution.execute(request, body).close();
			throw new IllegalStateException("The interceptor failed");
		});
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::push);
		assertInDoubt();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 422, 429 })
	void sendsNothingWhenInterceptorHasRepeatedRequestThatMayHaveHadEffect(int status) {
		respond(WireMock.status(status));
		kopoKopo.stubFor(WireMock.post(PATH)
			.inScenario("repeated")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("then")
			.willReturn(WireMock.serviceUnavailable()));
		this.stk = service(UnaryOperator.identity(), (request, body, execution) -> {
			ClientHttpResponse response = execution.execute(request, body);
			if (!response.getStatusCode().is5xxServerError()) {
				return response;
			}
			response.close();
			return execution.execute(request, body);
		});
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertInDoubt();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sendsNothingAfterError(boolean sent) {
		this.stk = service(UnaryOperator.identity(), (request, body, execution) -> {
			if (sent) {
				execution.execute(request, body).close();
			}
			throw new OutOfMemoryError("simulated");
		});
		assertThat(catchThrowable(this::push)).isInstanceOf(OutOfMemoryError.class);
		assertInDoubt();
	}

	@Test
	void sendsAgainWhenInterruptedBeforeSending() {
		this.stk = service("http://localhost:1", "default", UnaryOperator.identity());
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(Thread.interrupted()).isTrue();
		assertFree();
	}

	@Test
	void sendsNothingWhenInterruptedAfterSending() throws Exception {
		respond(created().withFixedDelay(5000));
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> failure.complete(catchThrowable(this::push)));
		caller.start();
		Awaitility.await().until(() -> sent() == 1);
		caller.interrupt();
		assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(K2ConnectionException.class)
			.satisfies((ex) -> assertThat(((K2Exception) ex).outcomeUnknown()).isTrue());
		assertInDoubt();
	}

	@Test
	void rejectsOtherRequestWithSameKey() {
		push();
		StkPushRequest other = request(KEY).toBuilder().amount(200).idempotencyKey(KEY).build();
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.stk.initiateIncomingPayment(other))
			.satisfies((ex) -> assertThat(ex.violations()).singleElement().satisfies((violation) -> {
				assertThat(violation.property()).isEqualTo("idempotencyKey");
				assertThat(violation.message()).startsWith("idempotencyKey belongs to another request")
					.doesNotContain(KEY);
			}));
		assertThat(sent()).isOne();
	}

	@Test
	void doesNotCompareFingerprintsOfOtherVersions() {
		K2Location location = push();
		this.jdbc.sql("UPDATE k2_request SET fingerprint = '2:abc'").update();
		assertThat(push()).isEqualTo(location);
		this.jdbc.sql("UPDATE k2_request SET type = 'payment'").update();
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(this::push);
	}

	@Test
	void keepsKeyWhenTransactionOfCallerRollsBack() {
		K2Location location = new TransactionTemplate(new JdbcTransactionManager(this.dataSource)).execute((status) -> {
			status.setRollbackOnly();
			return push();
		});
		assertThat(push()).isEqualTo(location);
		assertThat(sent()).isOne();
	}

	@Test
	void sendsNothingWhileDatabaseIsAway() {
		this.dataSource.away = true;
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(sent()).isZero();
		this.dataSource.away = false;
		assertFree();
	}

	@Test
	void storesLocationWhenDatabaseIsBack() {
		this.stk = service(this::losingDatabaseBeforeSending);
		K2Location location = push();
		assertThat(this.keys.find(KEY)).isEmpty();
		this.dataSource.away = false;
		Awaitility.await().untilAsserted(() -> assertThat(this.keys.find(KEY)).contains(location));
		this.stk = service(UnaryOperator.identity());
		assertThat(push()).isEqualTo(location);
		assertThat(sent()).isOne();
	}

	@Test
	void deletesKeyWhenDatabaseIsBack() {
		respond(WireMock.badRequest());
		this.stk = service(this::losingDatabaseBeforeSending);
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		assertThat(this.keys.unresolved()).hasSize(1);
		this.dataSource.away = false;
		Awaitility.await().untilAsserted(() -> assertThat(this.keys.unresolved()).isEmpty());
		assertFree();
	}

	private StartedRequestListener losingDatabaseBeforeSending(StartedRequestListener recorder) {
		return (request) -> {
			StartedRequest begun = recorder.begin(request);
			this.dataSource.away = true;
			return begun;
		};
	}

	@Test
	void reportsThatDatabaseIsAwayWhenKeyIsChanged() {
		this.dataSource.away = true;
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.keys.release(KEY));
		K2Location location = K2Location.of(kopoKopo.baseUrl() + PATH + "/p1");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.keys.resolve(KEY, location));
	}

	@Test
	void resolvesKeyInDoubt() {
		respond(WireMock.serverError());
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		K2Location location = K2Location.of(kopoKopo.baseUrl() + PATH + "/p1");
		assertThat(this.keys.resolve("other", location)).isFalse();
		assertThat(this.keys.resolve(KEY, location)).isTrue();
		assertThat(this.keys.resolve(KEY, location)).isFalse();
		assertThat(this.keys.find(KEY)).contains(location);
		assertThat(push()).isEqualTo(location);
		assertThat(this.keys.release(KEY)).isFalse();
		assertThat(sent()).isOne();
	}

	@Test
	void releasesKeyInDoubtWhenNothingIsOnItsWay() {
		respond(WireMock.serverError());
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		assertThat(this.keys.release(KEY)).isFalse();
		assertThat(this.keys.unresolved("default")).extracting(UnresolvedKey::type).containsExactly("incoming_payment");
		assertThat(this.keys.unresolved("mombasa")).isEmpty();
		makeReleasable();
		assertThat(this.keys.release(KEY)).isTrue();
		assertThat(this.keys.release(KEY)).isFalse();
		assertFree();
	}

	/**
	 * 30 seconds for the call, 2 to connect, 5 to wait for the response.
	 */
	@Test
	void isReleasableAfterLongestTimeOfSending() {
		respond(WireMock.serverError());
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		assertThat(this.jdbc.sql("SELECT releasable_at - started_at FROM k2_request").query(Long.class).single())
			.isEqualTo(37_000);
	}

	/**
	 * The first attempt is paused before it sends, a person releases its key, and another
	 * one sends. Then the first attempt continues.
	 */
	@Test
	void attemptThatWasPausedSendsNothingAndChangesNothing() {
		this.stk = service(UnaryOperator.identity(), (request, body, execution) -> {
			this.passed.addAndGet(Duration.ofSeconds(40).toNanos());
			makeReleasable();
			assertThat(this.keys.release(KEY)).isTrue();
			assertThat(service(UnaryOperator.identity()).initiateIncomingPayment(request(KEY))).isNotNull();
			return execution.execute(request, body);
		});
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this::push)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThat(sent()).isOne();
		this.stk = service(UnaryOperator.identity());
		assertThat(this.keys.find(KEY)).contains(push());
		assertThat(sent()).isOne();
	}

	@Test
	void doesNotRepeatRequestWithNewTokenWhenTooMuchTimeHasPassed() {
		kopoKopo.stubFor(WireMock.post(PATH)
			.inScenario("401")
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("then")
			.willReturn(WireMock.unauthorized()));
		ClientHttpRequestInterceptor pause = (request, body, execution) -> {
			if (sent() == 1) {
				this.passed.addAndGet(Duration.ofSeconds(40).toNanos());
			}
			return execution.execute(request, body);
		};
		this.stk = service(UnaryOperator.identity(), pause);
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this::push);
		assertThat(sent()).isOne();
		assertFree();
	}

	@Test
	void countsTimeOfClockWhenMachineWasSuspended() {
		AtomicLong slept = new AtomicLong();
		Clock clock = Clock.offset(Clock.systemUTC(), Duration.ZERO);
		RequestAge age = new RequestAge(() -> 0, new Clock() {

			@Override
			public Instant instant() {
				return clock.instant().plusMillis(slept.get());
			}

			@Override
			public ZoneId getZone() {
				return clock.getZone();
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		});
		assertThat(age.isOver(Duration.ofSeconds(30))).isFalse();
		slept.set(-60_000);
		assertThat(age.isOver(Duration.ofSeconds(30))).isFalse();
		slept.set(60_000);
		assertThat(age.isOver(Duration.ofSeconds(30))).isTrue();
	}

	@Test
	void attemptWhoseKeyWasReleasedDoesNotStoreItsLocation() {
		StartedRequest first = begin();
		makeReleasable();
		assertThat(this.keys.release(KEY)).isTrue();
		StartedRequest second = begin();
		first.started(URI.create(kopoKopo.baseUrl() + PATH + "/first"));
		assertThat(this.keys.find(KEY)).isEmpty();
		first.failed(new K2RequestNotSentException("of the test", null));
		first.failed(new Error());
		assertThat(this.keys.unresolved()).hasSize(1);
		assertThat(new KeyTable(this.database, Clock.systemUTC()).inDoubt()).isZero();
		second.started(URI.create(kopoKopo.baseUrl() + PATH + "/second"));
		assertThat(this.keys.find(KEY)).map(K2Location::id).contains("second");
	}

	@Test
	void keepsLocationThatSomebodyFoundWhenAttemptFails() {
		StartedRequest first = begin();
		K2Location location = K2Location.of(kopoKopo.baseUrl() + PATH + "/found");
		assertThat(this.keys.resolve(KEY, location)).isTrue();
		first.failed(new K2RequestNotSentException("of the test", null));
		assertThat(this.keys.find(KEY)).contains(location);
	}

	@Test
	void treatsLocationThatCannotBeStoredAsUnresolved() {
		respond(WireMock.created().withHeader("Location", PATH + "/" + "x".repeat(2000)));
		assertThat(push().id()).hasSize(2000);
		assertInDoubt();
	}

	@Test
	void sendsAgainAfterRetention() {
		K2Location location = push();
		push("recent");
		long old = Duration.ofDays(91).toMillis();
		this.jdbc.sql("UPDATE k2_request SET started_at = started_at - ? WHERE idempotency_key = ?")
			.params(old, KEY)
			.update();
		RequestWriter<?> other = TestRequests.writer(TestTables.of(this.h2));
		StkService later = service((recorder) -> TestRequests.recorder(other));
		later.initiateIncomingPayment(request("another"));
		other.close();
		assertThat(this.keys.find(KEY)).isEmpty();
		assertThat(this.keys.find("recent")).isPresent();
		assertThat(push()).isNotEqualTo(location);
	}

	@Test
	void keepsOldKeyWhoseRequestMayBeOnItsWay() {
		respond(WireMock.serverError());
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::push);
		this.jdbc.sql("UPDATE k2_request SET started_at = 0").update();
		RequestWriter<?> other = TestRequests.writer(TestTables.of(this.h2));
		respond(created());
		service((recorder) -> TestRequests.recorder(other)).initiateIncomingPayment(request("another"));
		other.close();
		assertThat(this.keys.unresolved()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "é", "a\nb", "\t" })
	void rejectsKeyOfOtherCharacters(String key) {
		assertRejected(key);
	}

	@Test
	@SuppressWarnings("NullAway") // the caller has a mistake
	void rejectsKeyThatIsMissingOrTooLong() {
		assertRejected(null);
		assertRejected("x".repeat(256));
		assertThat(push("x".repeat(255))).isEqualTo(push("x".repeat(255)));
	}

	private static void assertRejected(String key) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> request(key))
			.satisfies((ex) -> assertThat(ex.violations()).singleElement()
				.hasToString("Violation[property=idempotencyKey, message=idempotencyKey must have 1 to 255 printable"
						+ " ASCII characters]"));
	}

	@Test
	void rejectsKeyWithoutStore() {
		StkService plain = service((recorder) -> StartedRequestListener.none());
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> plain.initiateIncomingPayment(request(KEY)))
			.satisfies((ex) -> assertThat(ex.violations()).singleElement()
				.satisfies((violation) -> assertThat(violation.message()).contains("spring-boot-starter-jdbc",
						"k2.store.type")));
		assertThat(sent()).isZero();
	}

	@Test
	void rejectsKeyWithoutTable() {
		this.jdbc.sql("DROP TABLE k2_request").update();
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(this::push)
			.withMessageContaining("the table k2_request does not exist or has the wrong columns. Run the script.");
		assertThat(sent()).isZero();
		assertThat(this.stk.initiateIncomingPayment(request().build())).isNotNull();
	}

	/**
	 * A database that is away when a test says so.
	 */
	private static final class MortalDataSource extends DelegatingDataSource {

		private volatile boolean away;

		MortalDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.away) {
				throw new SQLException("The database is away", "08001");
			}
			return super.getConnection();
		}

	}

}
