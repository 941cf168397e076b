package io.github.k2connect.reconciliation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.reconciliation.PollingKopoKopo.Transaction;
import io.github.k2connect.reconciliation.Shop.Instance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReconciliationTask}, with a time that a test moves.
 */
@ParameterizedClass
@ValueSource(strings = { "h2", "postgresql" })
@ExtendWith(OutputCaptureExtension.class)
class ReconciliationTaskTests {

	private static final String RECEIVED = "buygoods_transaction_received";

	private static final String REVERSED = "buygoods_transaction_reversed";

	private static final Duration HOUR = Duration.ofHours(1);

	private final PollingKopoKopo kopoKopo = new PollingKopoKopo();

	private final String database;

	private Shop shop;

	ReconciliationTaskTests(String database) {
		this.database = database;
	}

	@BeforeEach
	void open() {
		this.shop = new Shop(this.database, this.kopoKopo);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void publishesPaymentThatNoMessageToldOf(CapturedOutput output) {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR), this.shop.payment("SK2", HOUR));
		Instance instance = this.shop.instance();
		instance.receive("default", Shop.webhook(RECEIVED, " sk1 "));
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("BuygoodsTransactionReceived", "payment default SK2");
		assertThat(instance.till().missed()).isOne();
		assertThat(this.shop.counted).containsExactly("default missed_till_payment 1");
		assertThat(output).contains("No message told of 1 payments or reversals of till 112233");
	}

	@Test
	void publishesPaymentOnceHoweverOftenItIsPolledByTwoInstances() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance one = this.shop.instance();
		Instance other = this.shop.instance();
		this.shop.pass(Duration.ofHours(3), one, other);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		assertThat(this.kopoKopo.polls).hasSizeGreaterThan(10);
	}

	@Test
	void storesEventUntilListenerSucceedsAndParksItInTheEnd() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.shop.failures.set(2);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		this.kopoKopo.add(this.shop.payment("SK2", HOUR));
		this.shop.failures.set(Shop.MAX_ATTEMPTS);
		this.shop.pass(HOUR, instance);
		assertThat(instance.inbox.parked()).singleElement().satisfies((event) -> {
			assertThat(event.kind()).isEqualTo("missed_till_payment");
			assertThat(event.id()).isEqualTo("SK2");
		});
		assertThat(instance.till().missed()).isEqualTo(2);
		instance.inbox.retryAll();
		this.shop.pass(Duration.ofMinutes(1), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1", "payment default SK2");
	}

	@Test
	void countsWaitingMessageAsKnown() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR), this.shop.payment("SK2", HOUR));
		Instance instance = this.shop.instance();
		this.shop.failures.set(Shop.MAX_ATTEMPTS);
		instance.store("default", Shop.webhook(RECEIVED, "SK1"));
		this.shop.pass(HOUR, instance);
		assertThat(instance.inbox.parked()).hasSize(1);
		assertThat(this.shop.effects()).containsExactly("payment default SK2");
	}

	@Test
	void findsPaymentsAmongPagesOfWaitingMessages() {
		this.kopoKopo.add(this.shop.payment("SK999", HOUR), this.shop.payment("SK250", HOUR));
		Instance instance = this.shop.instance();
		this.shop.failures.set(1_000_000);
		for (int i = 0; i < 251; i++) {
			instance.store("default", Shop.webhook(RECEIVED, "SK" + i));
		}
		assertThat(instance.ownEvents.waitingPayments("default", List.of("SK250", "SK999")).include("SK250")).isTrue();
		assertThat(instance.ownEvents.waitingPayments("default", List.of("SK250", "SK999")).include("SK999")).isFalse();
		assertThat(instance.ownEvents.waitingPayments("other", List.of("SK250")).include("SK250")).isFalse();
	}

	@Test
	void publishesNothingIfMessageComesBeforePublication() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		this.shop.failures.set(1);
		while (this.shop.counted.isEmpty() || this.shop.failures.get() == 1) {
			this.shop.pass(Duration.ofSeconds(1), Duration.ofSeconds(1), instance);
		}
		instance.receive("default", Shop.webhook(RECEIVED, "SK1"));
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("BuygoodsTransactionReceived");
		assertThat(instance.inbox.waiting()).isZero();
	}

	@Test
	void publishesMessageThatComesAfterItsPaymentWasFound() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		instance.receive("default", Shop.webhook(RECEIVED, "SK1"));
		assertThat(this.shop.effects()).containsExactly("payment default SK1", "BuygoodsTransactionReceived");
	}

	@Test
	void publishesReversalOfKnownPaymentOnce() {
		Transaction missed = this.shop.payment("SK1", HOUR);
		Transaction handled = this.shop.payment("SK2", HOUR);
		this.kopoKopo.add(missed, this.shop.payment("SK3", HOUR).reversed(), this.shop.payment("SK4", HOUR).reversed());
		Instance instance = this.shop.instance();
		instance.receive("default", Shop.webhook(RECEIVED, "SK2"));
		instance.receive("default", Shop.webhook(RECEIVED, "SK4"));
		instance.receive("default", Shop.webhook(REVERSED, "SK4"));
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).hasSize(4).contains("payment default SK1");
		this.kopoKopo.remove("SK1");
		this.kopoKopo.add(missed.reversed(), handled.reversed());
		this.shop.pass(Duration.ofHours(1), instance);
		assertThat(this.shop.effects()).hasSize(6).contains("reversal default SK1", "reversal default SK2");
	}

	@Test
	void knowsReversalThatApplicationStarted() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR).reversed());
		Instance instance = this.shop.instance();
		instance.receive("default", Shop.webhook(RECEIVED, "SK1"));
		instance.receive("default", """
				{"data": {"id": "r1", "type": "reversals", "attributes": {"status": "Processed",
				"transaction_reference": "SK1", "reversal_bulk_payment": {"status": "Transferred"}}}}""");
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("BuygoodsTransactionReceived", "ReversalResult");
	}

	@Test
	void leavesYoungPaymentForNextCheck() {
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofMinutes(9)));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(10), instance);
		assertThat(this.shop.effects()).isEmpty();
		this.shop.pass(Duration.ofMinutes(10), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@Test
	void findsPaymentThatKopoKopoAddsLate() {
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofMinutes(50)));
		this.shop.pass(Duration.ofMinutes(20), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@Test
	void keepsAccountsApart() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance(new Till("branch", "112233"));
		instance.receive("default", Shop.webhook(RECEIVED, "SK1"));
		instance.receive("other", Shop.webhook(RECEIVED, "SK1"));
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).contains("payment branch SK1");
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).hasSize(3);
	}

	@Test
	void pollsWholeCompany() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR),
				Transaction.received("445566", "SK2", this.shop.now().minus(HOUR)));
		Instance instance = this.shop.instance(new Till("default", null));
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("payment default SK1", "payment default SK2");
		assertThat(instance.till().till()).isNull();
	}

	@Test
	void comparesOnlyBuygoodsTransactionsWithReference(CapturedOutput output) {
		Instant time = this.shop.now().minus(HOUR);
		this.kopoKopo.add(new Transaction("External Till to Till Transaction", "112233", "SK1", time, "Complete"),
				new Transaction("External Till to Till Transaction", "112233", "SK2", time, "Complete"),
				new Transaction(null, "112233", "SK3", time, "Received"),
				new Transaction("Buygoods Transaction", "112233", null, time, "Received"),
				this.shop.payment("SK4", HOUR), this.shop.payment("SK4", HOUR), this.shop.payment("sk4", HOUR));
		Instance instance = this.shop.instance();
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK4");
		assertThat(output.toString()).containsOnlyOnce("Transactions of type \"External Till to Till Transaction\"")
			.contains("1 transactions of till 112233 have no M-PESA reference");
	}

	/**
	 * For example the time of Nairobi, sent as UTC. The event is not younger than the
	 * poll in which Kopo Kopo returns it.
	 */
	@ParameterizedTest
	@CsvSource({ "90, 15", "180, 15", "-180, 15" })
	void publishesPaymentWhoseTimeIsWrong(int minutes, int interval, CapturedOutput output) {
		Transaction payment = this.shop.payment("SK1", HOUR.plusSeconds(20));
		this.kopoKopo.add(payment.stated(payment.time().plus(Duration.ofMinutes(minutes))));
		this.shop.interval = Duration.ofMinutes(interval);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofHours(13), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		if (minutes > 0) {
			assertThat(output).contains("1 missed payments of till 112233 have a time outside of the poll from");
		}
	}

	@ParameterizedTest
	@CsvSource({ "Received, true", " received , true", "Success, true", "Complete, true", "Pending, false",
			"Failed, false", "Cancelled, false", "'', false" })
	void publishesOnlyPaymentThatWasReceived(String status, boolean published, CapturedOutput output) {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR).with(status), this.shop.payment("SK2", HOUR));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).contains("payment default SK2").hasSize(published ? 2 : 1);
		assertThat(output.toString()
			.contains("1 transactions of till 112233 are neither received nor reversed, and no"
					+ " message told of them, for example \"SK1\" with status \"" + status + "\""))
			.isNotEqualTo(published);
	}

	@Test
	void publishesPaymentThatWasReceivedAfterFailedAttempt() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR).with("Failed"), this.shop.payment("SK1", HOUR),
				this.shop.payment("SK1", HOUR).with("Failed"));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	/**
	 * During a deployment an instance may not have the till yet.
	 */
	@Test
	void leavesTillToInstanceThatHasIt() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.shop.interval = Duration.ofHours(6);
		Instance with = this.shop.instance();
		Instance without = this.shop.instance(new Till("default", "445566"));
		this.shop.pass(Duration.ofSeconds(5), Duration.ofSeconds(1), without);
		this.shop.pass(Duration.ofMinutes(2), with);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@Test
	void givesUpCheckOnDemandAfterDayOfFailures(CapturedOutput output) {
		Instance instance = this.shop.instance();
		OffsetDateTime now = this.shop.now().atOffset(ZoneOffset.UTC);
		instance.reconciliation.check(Shop.WITHOUT_CLIENT, "445566", now.minusDays(1), now);
		this.shop.pass(Duration.ofDays(2), instance);
		assertThat(this.shop.jdbc.sql("SELECT COUNT(*) FROM k2_task WHERE task_instance LIKE 'check-%'")
			.query(Long.class)
			.single()).isZero();
		assertThat(output).contains("A check on demand is given up after 100 failures");
	}

	@Test
	void asksPendingPollAgainAndStartsItAnewInTheEnd() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.kopoKopo.faults = (poll) -> PollingKopoKopo.pending(poll);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(2), instance);
		assertThat(this.kopoKopo.statusRequests.get()).isBetween(10, 25);
		assertThat(this.kopoKopo.polls).hasSize(1);
		this.shop.pass(Duration.ofMinutes(10), instance);
		assertThat(this.kopoKopo.polls).hasSize(2);
		this.kopoKopo.faults = (poll) -> null;
		this.shop.pass(Duration.ofMinutes(10), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	/**
	 * A poll that is lost is no unresolved request: the next check repeats it.
	 */
	@Test
	void doesNotFollowUpPolls() {
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.kopoKopo.polls).isNotEmpty();
		assertThat(this.shop.followedUp).isEmpty();
	}

	@Test
	void startsLostPollAnew() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.kopoKopo.faults = (poll) -> PollingKopoKopo.pending(poll);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofSeconds(10), Duration.ofSeconds(1), instance);
		this.kopoKopo.forget();
		this.kopoKopo.faults = (poll) -> null;
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@Test
	void survivesRefusalsErrorsAndFailedPolls(CapturedOutput output) {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.kopoKopo.refusals.set(5);
		this.kopoKopo.faults = (poll) -> switch (this.kopoKopo.statusRequests.get()) {
			case 1, 2 -> new PollingKopoKopo.Response(503, "");
			case 3 -> this.kopoKopo.result(poll, "Failed");
			case 4 -> new PollingKopoKopo.Response(200, "<html>");
			case 5 -> new PollingKopoKopo.Response(429, "");
			default -> null;
		};
		Instance instance = this.shop.instance();
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		assertThat(output).contains("failed: its status is Failed. It is started anew in");
	}

	/**
	 * A value in milliseconds would be a wait of a thousand hours.
	 */
	@Test
	void waitsForRetryAfterAtMostQuarterOfAnHour() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.kopoKopo.refusal = new PollingKopoKopo.Response(429, "", Map.of("Retry-After", "3600000"));
		this.kopoKopo.refusals.set(1);
		this.kopoKopo.faults = (poll) -> (this.kopoKopo.statusRequests.get() == 1) ? this.kopoKopo.refusal : null;
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(14), instance);
		assertThat(this.kopoKopo.polls).isEmpty();
		this.shop.pass(Duration.ofMinutes(2), instance);
		assertThat(this.kopoKopo.polls).hasSize(1);
		this.shop.pass(Duration.ofMinutes(17), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@Test
	void comparesTransactionsBesideOneThatCannotBeRead(CapturedOutput output) {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR), this.shop.payment("SK2", HOUR),
				this.shop.payment("SK3", HOUR));
		this.kopoKopo.faults = (poll) -> new PollingKopoKopo.Response(200,
				this.kopoKopo.result(poll, "Success")
					.body()
					.replaceFirst("(?s)(\"SK2\".*?\"amount\": )\"100.0\"", "$1\"1,000.00\""));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("payment default SK1", "payment default SK3");
		assertThat(instance.till().lastCompleteCheck()).isNotNull();
		assertThat(output)
			.contains("Transaction \"SK2\" of till 112233 cannot be read, so it is not compared: 'amount' is not");
	}

	@Test
	void completesCheckWhosePollsTakeLongerThanInterval() {
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofHours(60)));
		Map<String, Integer> requests = new ConcurrentHashMap<>();
		this.kopoKopo.faults = (poll) -> (requests.merge(poll.id(), 1, Integer::sum) > 12) ? null
				: PollingKopoKopo.pending(poll);
		this.shop.interval = Duration.ofMinutes(1);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(15), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		assertThat(instance.till().lastCompleteCheck()).isNotNull();
	}

	/**
	 * Another system may have handled what was before.
	 */
	@Test
	void beginsWhenTillIsFirstConfigured() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR), this.shop.payment("SK2", Duration.ofSeconds(1)));
		this.shop.configuredFor = Duration.ZERO;
		this.shop.instance();
		Instant configured = this.shop.now();
		this.kopoKopo.add(this.shop.payment("SK3", Duration.ofSeconds(-1)));
		this.shop.time.tick(HOUR);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofHours(3), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK3");
		assertThat(this.kopoKopo.polls)
			.allSatisfy((poll) -> assertThat(poll.from()).isAfter(configured.minusSeconds(3)));
		OffsetDateTime now = this.shop.now().atOffset(ZoneOffset.UTC);
		instance.reconciliation.check("112233", now.minusDays(1), now);
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("payment default SK3", "payment default SK1",
				"payment default SK2");
	}

	@ParameterizedTest
	@ValueSource(strings = { RECEIVED, REVERSED })
	void leavesDiscardedEventOutAndPublishesItIfItIsDeliveredAgain(String topic) {
		Transaction payment = this.shop.payment("SK1", Duration.ofMinutes(20));
		Instance instance = this.shop.instance();
		if (topic.equals(REVERSED)) {
			instance.receive("default", Shop.webhook(RECEIVED, "SK1"));
			this.kopoKopo.add(payment.reversed());
		}
		else {
			this.kopoKopo.add(payment);
		}
		String message = Shop.webhook(topic, "sk1");
		int effects = this.shop.effects().size();
		this.shop.failures.set(Shop.MAX_ATTEMPTS);
		instance.store("default", message);
		this.shop.pass(Duration.ofMinutes(2), instance);
		assertThat(instance.inbox.discard(instance.inbox.parked().get(0).key())).isTrue();
		this.shop.pass(Duration.ofMinutes(35), instance);
		assertThat(this.shop.effects()).hasSize(effects);
		instance.store("default", message);
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).hasSize(effects + 1);
	}

	@Test
	void leavesDiscardedMissedPaymentOut() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		this.shop.failures.set(Shop.MAX_ATTEMPTS);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(10), instance);
		assertThat(instance.inbox.discard(instance.inbox.parked().get(0).key())).isTrue();
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).isEmpty();
		assertThat(instance.inbox.waiting()).isZero();
	}

	@Test
	void goesBackNoFurtherThanLookBack() {
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofDays(365)),
				this.shop.payment("SK2", Duration.ofHours(71)));
		Instance instance = this.shop.instance();
		Instant start = this.shop.now();
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK2");
		assertThat(this.kopoKopo.polls).isNotEmpty().allSatisfy((poll) -> {
			assertThat(poll.from()).isAfter(start.minus(Duration.ofDays(3).plusMinutes(1)));
			assertThat(Duration.between(poll.from(), poll.to())).isLessThanOrEqualTo(Duration.ofHours(25));
		});
	}

	@Test
	void saysWhatIsNotComparedAfterOutage(CapturedOutput output) {
		Instance instance = this.shop.instance();
		this.shop.pass(HOUR, instance);
		this.shop.time.tick(Duration.ofDays(365));
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofHours(71)));
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		assertThat(output).contains("Call K2Reconciliation.check for this period");
	}

	@Test
	void comparesTwentyThousandTransactions() {
		Instance instance = this.shop.instance();
		Instant start = this.shop.now().minus(Duration.ofDays(3)).plusSeconds(60);
		for (int i = 0; i < 20_000; i++) {
			this.kopoKopo.add(Transaction.received("112233", "SK" + i, start.plusMillis(i * 900L)));
		}
		this.shop.jdbc
			.sql("INSERT INTO k2_event (event_key, kind, event_id, handled_at, reference) "
					+ "SELECT CAST(x AS VARCHAR(64)), 'buygoods_transaction_received', 'e', 1, 'SK' || x FROM "
					+ (this.database.equals("h2") ? "SYSTEM_RANGE(0, 19999)" : "generate_series(0, 19999) AS x"))
			.update();
		this.shop.jdbc.sql("DELETE FROM k2_event WHERE reference IN ('SK0', 'SK9999', 'SK19999')").update();
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("payment default SK0", "payment default SK9999",
				"payment default SK19999");
		assertThat(instance.till().lastCompleteCheck()).isNotNull();
		assertThat(this.kopoKopo.polls).hasSizeLessThan(60);
	}

	@Test
	void survivesKillBetweenPollAndResult() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance killed = this.shop.instance();
		this.shop.pass(Duration.ofSeconds(1), Duration.ofSeconds(1), killed);
		assertThat(this.kopoKopo.polls).hasSize(1);
		Instance other = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(1), other);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	private void store(Instance instance, Runnable change) {
		PolledTransaction missed = PolledTransaction
			.from(JsonObject.parse(this.shop.payment("SK1", HOUR).json().getBytes(StandardCharsets.UTF_8)));
		instance.ownEvents.store(List.of(new MissedTillPayment("default", missed)), change);
	}

	@Test
	void storesNothingWithoutTheStateThatBelongsToIt() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		assertThatIllegalStateException().isThrownBy(() -> store(instance, () -> {
			throw new IllegalStateException("The instance is killed");
		}));
		assertThat(instance.inbox.waiting()).isZero();
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@Test
	void publishesPaymentOnceIfInstanceIsKilledAfterPublication() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		store(instance, () -> {
		});
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(instance.inbox.waiting()).isZero();
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	@ParameterizedTest
	@ValueSource(ints = { -5, 5 })
	void isNotHarmedByWrongClockOfOneInstance(int minutes) {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR), this.shop.payment("SK2", Duration.ofMinutes(9)));
		this.kopoKopo.faults = (poll) -> (this.kopoKopo.statusRequests.get() < 5) ? PollingKopoKopo.pending(poll)
				: null;
		Instance right = this.shop.instance();
		Instance wrong = this.shop.instance(Duration.ofMinutes(minutes));
		Instant last = Instant.EPOCH;
		for (int i = 0; i < 60; i++) {
			this.shop.pass(Duration.ofSeconds(2), Duration.ofSeconds(1), wrong, right);
			Instant check = right.till().lastCompleteCheck();
			assertThat((check != null) ? check : last).isAfterOrEqualTo(last)
				.isBeforeOrEqualTo(this.shop.now().minus(Duration.ofMinutes(10)));
			last = (check != null) ? check : last;
		}
		assertThat(this.kopoKopo.statusRequests.get()).isLessThan(40);
		this.shop.pass(Duration.ofMinutes(50), wrong, right);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("payment default SK1", "payment default SK2");
		assertThat(this.kopoKopo.polls).hasSizeLessThan(20);
	}

	@Test
	void checksOnDemandWithoutMovingTheLastCompleteCheck() {
		this.kopoKopo.add(Transaction.received("445566", "SK1", this.shop.now().minus(Duration.ofDays(30))));
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofMinutes(5), instance);
		Instant last = instance.till().lastCompleteCheck();
		OffsetDateTime to = this.shop.now().atOffset(ZoneOffset.UTC).minusDays(29);
		instance.reconciliation.check("445566", to.minusDays(2), to);
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
		assertThat(instance.till().lastCompleteCheck()).isEqualTo(last);
		assertThat(this.shop.jdbc.sql("SELECT COUNT(*) FROM k2_task").query(Long.class).single()).isOne();
	}

	@Test
	void rejectsCheckBeforeEventsThatAreRemembered() {
		Instance instance = this.shop.instance();
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> instance.reconciliation.check("112233", now.minusDays(91), now))
			.withMessageContaining("k2.store.retention");
		assertThatIllegalArgumentException().isThrownBy(() -> instance.reconciliation.check("112233", now, now));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> instance.reconciliation.check("112233", now.plusDays(1), now.plusDays(2)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "44 55 66", "445566,112233", "44_55", "44-55", "\u0664\u0665",
			"12345678901234567890123456789012345678901" })
	void rejectsCheckOfTextThatIsNoNumberOfTill(String till) {
		Instance instance = this.shop.instance();
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> instance.reconciliation.check(till, now.minusDays(1), now))
			.withMessage("till must be 1 to 40 letters and digits");
		assertThat(this.shop.jdbc.sql("SELECT COUNT(*) FROM k2_task WHERE task_instance LIKE 'check-%'")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void checksTillWithWhiteSpaceAroundItsNumber() {
		this.kopoKopo.add(Transaction.received("445566", "SK1", this.shop.now().minus(Duration.ofHours(2))));
		Instance instance = this.shop.instance();
		OffsetDateTime now = this.shop.now().atOffset(ZoneOffset.UTC);
		instance.reconciliation.check(" 445566\n", now.minusDays(1), now.minusHours(1));
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

	/**
	 * An unreadable message about a payment is recorded with the topic of a payment, but
	 * without a reference.
	 */
	@Test
	void doesNotTakeUnreadableMessageForEventOfEarlierVersion() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		instance.receive("default", """
				{"topic": "buygoods_transaction_received", "id": "w1", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "SK2", "amount": "much"}}}""");
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactly("UnrecognizedK2Event", "payment default SK1");
	}

	@Test
	void doesNotCountPushThatHasNotSucceeded() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		instance.receive("default", """
				{"data": {"id": "i1", "type": "incoming_payment", "attributes": {"status": "Failed", "event":
				{"resource": {"reference": "SK1"}}}}}""");
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("StkPushResult", "payment default SK1");
	}

	@Test
	void knowsPaymentsInOtherForms() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR), this.shop.payment("SK2", HOUR),
				this.shop.payment("SK3", HOUR));
		Instance instance = this.shop.instance();
		instance.receive("default", "{\"TransID\": \"SK1\", \"TransAmount\": 1}");
		instance.receive("default", """
				{"data": {"id": "i1", "type": "incoming_payment", "attributes": {"status": "Success", "event":
				{"resource": {"reference": "SK2"}}}}}""");
		instance.receive("default", """
				{"data": {"id": "l1", "type": "payment_link", "attributes": {"status": "Processed", "payment_link":
				{"status": "Paid", "transaction_reference": "SK3"}}}}""");
		this.shop.pass(Duration.ofMinutes(5), instance);
		assertThat(this.shop.effects()).containsExactly("DarajaTransaction", "StkPushResult", "PaymentLinkResult");
	}

	/**
	 * The database goes away while the transactions are fetched, when nothing is stored
	 * yet.
	 */
	@Test
	void survivesMinuteWithoutDatabase() {
		this.kopoKopo.add(this.shop.payment("SK1", HOUR));
		Instance instance = this.shop.instance();
		this.kopoKopo.faults = (poll) -> {
			this.shop.away = true;
			return null;
		};
		this.shop.pass(Duration.ofMinutes(1), instance);
		assertThat(this.shop.away).isTrue();
		this.kopoKopo.faults = (poll) -> null;
		this.shop.away = false;
		this.shop.pass(Duration.ofHours(1), Duration.ofMinutes(1), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK1");
	}

}
