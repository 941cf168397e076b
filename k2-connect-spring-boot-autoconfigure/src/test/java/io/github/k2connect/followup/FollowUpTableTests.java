package io.github.k2connect.followup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.TestTables;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.WriterConnection;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.idempotency.TestRequests;
import io.github.k2connect.scheduling.Delays;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FollowUpTable} and its {@link GroupedWriter}, with a database that
 * fails where a test says so.
 */
class FollowUpTableTests {

	private static final URI LOCATION = URI.create("https://api.kopokopo.com/api/v1/incoming_payments/p1");

	private static final FollowUpTimes TIMES = new FollowUpTimes(
			new FollowUpProperties(true, Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofMinutes(5), 10),
			Duration.ofSeconds(45));

	private final JdbcDataSource database = TestTables.inH2();

	private final FaultyDataSource dataSource = new FaultyDataSource(this.database);

	private RequestWriter<FollowUpWrite> writer;

	private StartedRequestListener notes;

	@BeforeEach
	void setUp() {
		this.writer = new RequestWriter<>(WriterConnection.opened(TestTables.of(this.dataSource)),
				TestRequests.settings(Clock.systemUTC(), Ticker.SYSTEM), new FollowUpRows(TIMES, Delays.SYSTEM));
		this.notes = TestRequests.recorder(this.writer);
	}

	@AfterEach
	void close() {
		this.dataSource.fault = Fault.NONE;
		this.writer.close();
	}

	private StartedRequest begin() {
		return this.notes.begin(TestRequests.request("default", "incoming_payments", Map.of()));
	}

	private List<String> keys() {
		return JdbcClient.create(this.database)
			.sql("SELECT task_instance FROM k2_task")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private void awaitKeys(String... keys) {
		Awaitility.await().untilAsserted(() -> assertThat(keys()).containsExactlyInAnyOrder(keys));
	}

	private static String key() {
		return FollowUpState.key("default", "incoming_payment", "p1");
	}

	@Test
	void storesRequestsThatWaitTogetherInOneTransaction() throws Exception {
		this.dataSource.block();
		List<CompletableFuture<StartedRequest>> requests = new ArrayList<>();
		requests.add(CompletableFuture.supplyAsync(this::begin));
		this.dataSource.awaitBlocked();
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			CompletableFuture<StartedRequest> request = new CompletableFuture<>();
			Thread caller = new Thread(() -> request.complete(begin()));
			caller.start();
			callers.add(caller);
			requests.add(request);
		}
		Awaitility.await()
			.until(() -> callers.stream().allMatch((caller) -> caller.getState() == Thread.State.WAITING));
		this.dataSource.unblock();
		assertThat(requests).allSatisfy((request) -> assertThat(request).succeedsWithin(Duration.ofSeconds(5)));
		assertThat(keys()).hasSize(21);
		assertThat(this.dataSource.commits).hasValue(2);
	}

	/**
	 * Its execution has ended with an instance that crashed, and would give up later.
	 */
	@Test
	void endsFollowUpWithoutUrlThatIsStillMarkedAsExecuting() {
		StartedRequest request = begin();
		JdbcClient.create(this.database).sql("UPDATE k2_task SET picked = TRUE, picked_by = 'dead'").update();
		request.started(LOCATION);
		assertThat(keys()).containsExactly(key());
	}

	@Test
	void triesAgainWithAnotherConnection() {
		this.dataSource.fault = Fault.STATEMENT;
		begin();
		assertThat(keys()).hasSize(1);
	}

	@Test
	void storesRequestOnceWhenCommitIsLost() {
		this.dataSource.fault = Fault.AFTER_COMMIT;
		StartedRequest request = begin();
		assertThat(keys()).hasSize(1);
		this.dataSource.fault = Fault.AFTER_COMMIT;
		request.started(LOCATION);
		assertThat(keys()).containsExactly(key());
	}

	@Test
	void deletesRequestThatWasRefusedAfterItsCommitWasLost() {
		this.dataSource.fault = Fault.ALWAYS_AFTER_COMMIT;
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this::begin);
		assertThat(keys()).hasSize(1);
		this.dataSource.fault = Fault.NONE;
		awaitKeys();
	}

	@Test
	void deletesRequestThatWasStoredTooLate() throws Exception {
		this.dataSource.block();
		long start = System.nanoTime();
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this::begin);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		this.dataSource.unblock();
		Awaitility.await().until(() -> this.dataSource.commits.get() == 2);
		awaitKeys();
	}

	@Test
	void oneRequestThatCannotBeStoredDoesNotAffectOthers() throws Exception {
		begin().started(LOCATION);
		this.dataSource.block();
		CompletableFuture<StartedRequest> first = CompletableFuture.supplyAsync(this::begin);
		this.dataSource.awaitBlocked();
		FollowUpState note = FollowUpState.begun("default", "incoming_payment", Map.of(), Instant.now());
		CompletableFuture<Void> tooLong = CompletableFuture.runAsync(
				() -> TestRequests.write(this.writer, FollowUpWrite.insert("x".repeat(1000), note, Instant.now())));
		CompletableFuture<StartedRequest> other = CompletableFuture.supplyAsync(this::begin);
		this.dataSource.unblock();
		assertThat(tooLong).failsWithin(Duration.ofSeconds(5));
		assertThat(first).succeedsWithin(Duration.ofSeconds(5));
		assertThat(other).succeedsWithin(Duration.ofSeconds(5));
		assertThat(keys()).hasSize(3);
	}

	@Test
	void storesLocationLaterWithoutAnyOtherRequest() {
		StartedRequest request = begin();
		this.dataSource.fault = Fault.CONNECTION;
		request.started(LOCATION);
		assertThat(keys()).singleElement().asString().startsWith("begun-");
		this.dataSource.fault = Fault.NONE;
		awaitKeys(key());
	}

	@Test
	void storesLocationWhenItIsClosed() {
		StartedRequest request = begin();
		this.dataSource.fault = Fault.CONNECTION;
		request.started(LOCATION);
		this.dataSource.fault = Fault.NONE;
		this.writer.close();
		assertThat(keys()).containsExactly(key());
	}

	@Test
	void deletesFailedRequestLater() {
		StartedRequest request = begin();
		this.dataSource.fault = Fault.CONNECTION;
		request.failed(new IllegalStateException());
		assertThat(keys()).hasSize(1);
		this.dataSource.fault = Fault.NONE;
		awaitKeys();
	}

	@Test
	void storesRequestOfInterruptedThread() {
		Thread.currentThread().interrupt();
		StartedRequest request = begin();
		request.started(LOCATION);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(keys()).containsExactly(key());
	}

	@Test
	void limitsTimeThatDatabaseMayTakeToRespond() {
		StartedRequest request = begin();
		assertThat(this.dataSource.networkTimeouts).containsExactly(1000);
		this.dataSource.fault = Fault.CONNECTION;
		request.started(LOCATION);
		this.dataSource.fault = Fault.NONE;
		awaitKeys(key());
		assertThat(this.dataSource.networkTimeouts).containsExactly(1000, 1000);
	}

	@Test
	void threadHasNothingOfCaller() {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
		});
		try {
			begin();
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
		Thread thread = Objects.requireNonNull(this.dataSource.thread);
		assertThat(thread).isNotSameAs(Thread.currentThread());
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getContextClassLoader()).isSameAs(GroupedWriter.class.getClassLoader());
	}

	@Test
	void refusesRequestsAfterItIsClosed() {
		this.writer.close();
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(this::begin);
		assertThat(keys()).isEmpty();
	}

	private enum Fault {

		NONE, CONNECTION, STATEMENT, AFTER_COMMIT, ALWAYS_AFTER_COMMIT

	}

	/**
	 * Fails or waits where the test says so.
	 */
	private static final class FaultyDataSource extends DelegatingDataSource {

		private final AtomicInteger commits = new AtomicInteger();

		private final List<Object> networkTimeouts = new CopyOnWriteArrayList<>();

		private volatile @Nullable Thread thread;

		private volatile Fault fault = Fault.NONE;

		private volatile CountDownLatch gate = new CountDownLatch(0);

		private volatile CountDownLatch arrived = new CountDownLatch(0);

		FaultyDataSource(DataSource target) {
			super(target);
		}

		void block() {
			this.gate = new CountDownLatch(1);
			this.arrived = new CountDownLatch(1);
		}

		void awaitBlocked() throws InterruptedException {
			assertThat(this.arrived.await(10, TimeUnit.SECONDS)).isTrue();
		}

		void unblock() {
			this.gate.countDown();
		}

		@Override
		public Connection getConnection() throws SQLException {
			this.thread = Thread.currentThread();
			if (this.fault == Fault.CONNECTION) {
				throw new SQLException("No connection");
			}
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						if (method.getName().equals("prepareStatement") && this.fault == Fault.STATEMENT) {
							this.fault = Fault.NONE;
							connection.close();
						}
						if (method.getName().equals("setNetworkTimeout")) {
							this.networkTimeouts.add(arguments[1]);
						}
						if (method.getName().equals("commit")) {
							return commit(connection);
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
					});
		}

		private @Nullable Object commit(Connection connection) throws SQLException, InterruptedException {
			this.arrived.countDown();
			assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
			connection.commit();
			this.commits.incrementAndGet();
			Fault now = this.fault;
			if (now == Fault.AFTER_COMMIT) {
				this.fault = Fault.NONE;
			}
			if (now == Fault.AFTER_COMMIT || now == Fault.ALWAYS_AFTER_COMMIT) {
				connection.close();
				throw new SQLException("The connection is broken", "08006");
			}
			return null;
		}

	}

}
