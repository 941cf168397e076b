package io.github.k2connect.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.testfixtures.ServerPort;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * PostgreSQL closes connections, stops and starts again, and an instance is killed, while
 * requests are started.
 */
@Tag("long")
class FollowUpOutageTests {

	private static final String PATH = "/api/v1/incoming_payments";

	@RegisterExtension
	static final WireMockKopoKopo kopoKopo = new WireMockKopoKopo(
			WireMockConfiguration.options().containerThreads(100).globalTemplating(true));

	private final int port = ServerPort.find();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path folder;

	private EmbeddedPostgres postgres;

	private DatabaseServer database;

	@BeforeEach
	void start() throws Exception {
		kopoKopo.stubFor(WireMock.post(PATH)
			.willReturn(WireMock.created()
				.withFixedDelay(20)
				.withHeader("Location", kopoKopo.baseUrl() + PATH + "/{{randomValue type='UUID'}}")));
		startDatabase();
		this.database.createEffects();
	}

	private void startDatabase() throws Exception {
		this.postgres = PostgresqlServer.start(this.port, this.folder.resolve("data"));
		this.database = new DatabaseServer(this.postgres.getJdbcUrl("postgres", "postgres"), "postgres", this.postgres);
	}

	@AfterEach
	void stop() throws Exception {
		this.postgres.close();
	}

	private List<String> arguments(String... more) {
		List<String> arguments = this.database.arguments("--k2.client-id=id", "--k2.client-secret=secret",
				"--k2.base-url=" + kopoKopo.baseUrl(), "--k2.follow-up.enabled=true");
		return Stream.concat(arguments.stream(), Stream.of(more)).toList();
	}

	private ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(FollowUpApplication.class)
			.run(arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY).toArray(String[]::new));
	}

	private int sent() {
		return kopoKopo.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo(PATH))).size();
	}

	@Test
	void storesRequestOverNewConnectionWhenDatabaseClosedConnections() {
		try (ConfigurableApplicationContext context = run()) {
			FollowUpApplication application = context.getBean(FollowUpApplication.class);
			IntStream.range(0, 10).forEach((i) -> {
				application.push();
				this.database.jdbc()
					.sql("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
							+ " AND datname = 'postgres'")
					.query()
					.listOfRows();
			});
			application.push();
			assertThat(this.database.count("k2_task")).isEqualTo(11);
		}
	}

	@Test
	void refusesCallsAtOnceWhileDatabaseIsAway() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			FollowUpApplication application = context.getBean(FollowUpApplication.class);
			application.push();
			this.postgres.close();
			int sent = sent();
			for (int i = 0; i < 3; i++) {
				long start = System.nanoTime();
				assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(application::push)
					.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
			}
			assertThat(sent()).isEqualTo(sent);
			startDatabase();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreExceptionsInstanceOf(K2RequestNotSentException.class)
				.until(() -> application.push() != null);
			Awaitility.await().untilAsserted(() -> assertThat(this.database.count("k2_task")).isEqualTo(2));
		}
	}

	/**
	 * Whatever was sent is in the table: with its location, or without if the response
	 * had not come.
	 */
	@Test
	void losesNoRequestWhenInstanceIsKilled() throws Exception {
		try (Instance instance = new Instance(FollowUpApplication.class, this.folder.resolve("log"),
				arguments("--pushers=64"))) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sent() > 300);
			instance.kill();
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.database.count("k2_task")).isGreaterThanOrEqualTo(sent()));
	}

}
