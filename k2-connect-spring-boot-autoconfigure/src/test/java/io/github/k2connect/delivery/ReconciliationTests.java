package io.github.k2connect.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.reconciliation.PollingKopoKopo.Transaction;
import io.github.k2connect.reconciliation.PollingServer;
import io.github.k2connect.reconciliation.ReconciledTill;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reconciliation at two instances that share a database.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("databases")
class ReconciliationTests {

	private static final String INTERVAL = "--k2.reconciliation.interval=";

	private final Database kind;

	private final PollingServer server = new PollingServer();

	private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

	private DatabaseServer database;

	ReconciliationTests(Database kind) {
		this.kind = kind;
	}

	static List<Database> databases() {
		return Database.available();
	}

	@BeforeEach
	void open() throws Exception {
		this.database = this.kind.start();
		this.database.createEffects();
	}

	/**
	 * Make payments, after the first check of the tills has begun.
	 */
	private void pay() {
		Instant time = Instant.now();
		this.server.add(Transaction.received("112233", "SK1", time), Transaction.received("112233", "SK2", time),
				Transaction.received("445566", "SK3", time));
	}

	@AfterEach
	void close() throws IOException {
		this.instances.forEach(ConfigurableApplicationContext::close);
		this.server.close();
		this.database.close();
	}

	private List<String> arguments(String... more) {
		List<String> arguments = new ArrayList<>(
				this.database.arguments("--k2.client-id=id", "--k2.client-secret=secret",
						"--k2.base-url=" + this.server.url(), "--k2.callback-url=https://duka.example/k2/webhooks",
						"--k2.reconciliation.tills=112233", "--k2.accounts.branch.client-id=id",
						"--k2.accounts.branch.client-secret=secret", "--k2.accounts.branch.api-key=other-key",
						"--k2.accounts.branch.reconciliation-tills=445566", "--k2.reconciliation.grace=0s",
						"--k2.scheduler.polling-interval=50ms", "--k2.scheduler.heartbeat-interval=1s"));
		arguments.addAll(List.of(more));
		if (arguments.stream().noneMatch((argument) -> argument.startsWith(INTERVAL))) {
			arguments.add(INTERVAL + "500ms");
		}
		return arguments;
	}

	private ConfigurableApplicationContext run(String... more) {
		List<String> arguments = arguments(more);
		arguments.addAll(List.of("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY));
		ConfigurableApplicationContext instance = new SpringApplicationBuilder(ReconciliationApplication.class)
			.run(arguments.toArray(String[]::new));
		this.instances.add(instance);
		return instance;
	}

	private void deliver(ConfigurableApplicationContext instance, String id, String reference) throws IOException {
		Message message = Message.webhook(id);
		((ObjectNode) message.json().at("/event/resource")).put("reference", reference);
		assertThat(new KopoKopo().deliver(message.write(),
				instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class)))
			.isEqualTo(200);
	}

	private void awaitEffects(String... effects) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.database.effects()).containsExactlyInAnyOrder(effects));
	}

	private void awaitAnotherCheck(ConfigurableApplicationContext instance) {
		K2Reconciliation reconciliation = instance.getBean(K2Reconciliation.class);
		Instant start = Instant.now();
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(reconciliation.tills()).hasSize(2)
				.extracting(ReconciledTill::lastCompleteCheck)
				.allSatisfy((check) -> assertThat(check).isAfter(start)));
	}

	@Test
	void publishesWhatNoMessageToldOfOnceInDirectMode() throws Exception {
		findsOnce();
	}

	@Test
	void publishesWhatNoMessageToldOfOnceInInboxMode() throws Exception {
		findsOnce("--k2.webhook.mode=inbox");
	}

	private void findsOnce(String... more) throws Exception {
		ConfigurableApplicationContext one = run(more);
		ConfigurableApplicationContext other = run(more);
		pay();
		awaitEffects("payment default SK1", "payment default SK2", "payment branch SK3");
		deliver(one, "w1", "SK1");
		this.server.add(Transaction.received("112233", "SK4", Instant.now()));
		awaitEffects("payment default SK1", "payment default SK2", "payment branch SK3", "payment default SK4");
		awaitAnotherCheck(other);
		assertThat(this.database.effects()).hasSize(4);
		assertThat(one.getBean(K2Reconciliation.class).tills()).extracting(ReconciledTill::missed)
			.containsExactly(3L, 1L);
	}

	@Test
	void ignoresHandledPaymentAndFindsReversal() throws Exception {
		ConfigurableApplicationContext instance = run();
		deliver(instance, "w2", "SK2");
		pay();
		this.server.remove("SK2");
		this.server.add(Transaction.received("112233", "SK2", Instant.now()).reversed());
		awaitEffects("payment default SK1", "reversal default SK2", "payment branch SK3");
	}

	/**
	 * The instance is killed while it waits for the result of its poll.
	 */
	@Test
	void continuesAtAnotherInstanceWhenInstanceIsKilled(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		this.kind.assumeProof();
		this.server.faults = PollingServer::pending;
		try (Instance mortal = new Instance(ReconciliationApplication.class, logs.resolve("mortal.log"), arguments())) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.server.statusRequests.get() > 2);
			mortal.kill();
		}
		pay();
		this.server.faults = (poll) -> null;
		run();
		awaitEffects("payment default SK1", "payment default SK2", "payment branch SK3");
	}

}
