package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Scope;
import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Task that polls the transactions of each till, and stores an event for each payment
 * that no message told of. Each execution makes one step: it starts a poll, or requests
 * its status once and compares the transactions.
 */
final class ReconciliationTask implements K2Task {

	/**
	 * The name of the task.
	 */
	static final String NAME = "k2-reconciliation";

	private static final Log logger = LogFactory.getLog(ReconciliationTask.class);

	/**
	 * How much of the last check is checked again, for what Kopo Kopo adds late.
	 */
	private static final Duration OVERLAP = Duration.ofHours(1);

	/**
	 * How long a poll may be pending before it is started anew.
	 */
	private static final Duration MAX_PENDING = Duration.ofMinutes(10);

	/**
	 * The delay after the first failure of a poll.
	 */
	private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

	/**
	 * The longest delay after a failure, whatever Kopo Kopo asks for.
	 */
	private static final Duration LONGEST_RETRY = Duration.ofMinutes(15);

	/**
	 * How long an instance whose configuration does not have a till leaves it to others.
	 */
	private static final Duration DELAY_WITHOUT_TILL = Duration.ofMinutes(1);

	/**
	 * The length of a text from which a response may be larger than the client reads.
	 */
	private static final int LARGE = 512 * 1024;

	private static final int MAX_LOGGED_LENGTH = 100;

	private static final Set<Integer> NOT_ABOUT_PERIOD = Set.of(401, 403, 429, 503);

	/**
	 * After how many failures a single check is given up: after a day.
	 */
	private static final int MAX_FAILURES_ONCE = 100;

	private final Set<Till> tills;

	private final ReconciliationProperties properties;

	private final Function<String, PollingService> polling;

	private final Supplier<Instant> time;

	private final JdbcEventStore store;

	private final OwnEvents inbox;

	private final Comparison comparison;

	private final MissedMeter meter;

	private final TaskTable table;

	private final Delays delays;

	/**
	 * Create the task.
	 * @param tills the tills of the configuration
	 * @param properties the configuration of the reconciliation
	 * @param polling returns the service of an account
	 * @param time returns the time of the database
	 * @param store remembers which events were handled
	 * @param inbox stores the events
	 * @param meter counts what was missed
	 * @param table the table of tasks
	 * @param delays the time
	 */
	ReconciliationTask(Collection<Till> tills, ReconciliationProperties properties,
			Function<String, PollingService> polling, Supplier<Instant> time, JdbcEventStore store, OwnEvents inbox,
			MissedMeter meter, TaskTable table, Delays delays) {
		this.tills = Set.copyOf(tills);
		this.properties = properties;
		this.polling = polling;
		this.time = time;
		this.store = store;
		this.inbox = inbox;
		this.comparison = new Comparison(store, inbox);
		this.meter = meter;
		this.table = table;
		this.delays = delays;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Threads threads() {
		return Threads.CALLS;
	}

	/**
	 * Schedule the first check of each till, unless it is already scheduled.
	 */
	@Override
	public void started() {
		Instant now = this.time.get();
		this.tills.forEach((till) -> this.table.inTransaction(() -> this.table.insertIfAbsent(
				new NewRow(NAME, till.key(), TillCheck.since(till, now).write(), null, this.delays.now()))));
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		TillCheck check = TillCheck.read(execution.data());
		Instant now = this.time.get();
		if (check.due() != null && now.isBefore(check.due())) {
			return NextStep.postpone(this.delays.now().plus(Duration.between(now, check.due())), execution.data());
		}
		if (!check.once() && !this.tills.contains(check.till())) {
			return NextStep.postpone(this.delays.now().plus(DELAY_WITHOUT_TILL), null);
		}
		Poll poll = check.poll();
		return (poll != null) ? ask(check, poll, now) : begin(check, now);
	}

	private NextStep begin(TillCheck check, Instant now) {
		TillCheck current = check.once() ? check : withNewPeriod(check, now);
		if (current.isIdle()) {
			return after(this.properties.interval(), check, now);
		}
		Period period = current.next();
		try {
			Poll poll = Poll.started(period, service(check).pollTransactions(request(check.till(), period)).uri(), now);
			return after(poll.delay(), current.polling(period, poll.location(), now), now);
		}
		catch (K2Exception ex) {
			return retry(isAboutPeriod(ex) ? current.refused() : current.failed(), period, ex.getMessage(),
					retryAfter(ex), now);
		}
	}

	/**
	 * Return whether the start of another poll may succeed: the failure neither comes
	 * from a limit or an outage, nor from the credentials.
	 */
	private static boolean isAboutPeriod(K2Exception failure) {
		return (failure instanceof K2ApiException response) ? !NOT_ABOUT_PERIOD.contains(response.statusCode())
				: failure.outcomeUnknown();
	}

	/**
	 * Add the time since the last check, unless a check runs. A check whose polls fail
	 * gets more time after the interval, so that it does not hold up what is newer.
	 */
	private TillCheck withNewPeriod(TillCheck check, Instant now) {
		Instant end = now.minus(this.properties.grace());
		if (check.end() != null
				&& (check.failures() == 0 || end.isBefore(check.end().plus(this.properties.interval())))) {
			return check;
		}
		Instant earliest = now.minus(this.properties.lookBack());
		if (check.lastComplete() != null && check.lastComplete().isBefore(earliest)) {
			logger.warn("Not all payments of " + check.till() + " from " + check.lastComplete() + " to " + earliest
					+ " were compared, and they are now too old for k2.reconciliation.look-back. "
					+ "Call K2Reconciliation.check for this period");
		}
		return check.extended(OVERLAP, check.notBeforeSince(earliest), end);
	}

	/**
	 * Return the request for a period. It begins a little earlier, so that no transaction
	 * falls between two periods, however Kopo Kopo treats their ends.
	 */
	private static PollingRequest request(Till till, Period period) {
		return PollingRequest.builder()
			.scope((till.number() != null) ? Scope.TILL : Scope.COMPANY)
			.scopeReference(till.number())
			.fromTime(time(period.from().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1)))
			.toTime(time(period.to()))
			.build();
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	private NextStep ask(TillCheck check, Poll poll, Instant now) {
		PollingResult result;
		try {
			result = service(check).getStatus(new K2Location(poll.location()));
		}
		catch (K2ResponseException ex) {
			return unreadable(check, poll, ex, now);
		}
		catch (K2ApiException ex) {
			if (ex.statusCode() == 404 || ex.statusCode() == 410) {
				return retry(check.refused(), poll.period(), ex.getMessage(), null, now);
			}
			return askAgain(check, poll, ex.getMessage(), retryAfter(ex), now);
		}
		catch (K2Exception ex) {
			return askAgain(check, poll, ex.getMessage(), null, now);
		}
		if (result.isPending()) {
			return askAgain(check, poll, "it is still " + result.status(), null, now);
		}
		if (!result.isSuccessful()) {
			return retry(check.refused(), poll.period(), "its status is " + result.status(), null, now);
		}
		return compare(check, poll, result, now);
	}

	private NextStep unreadable(TillCheck check, Poll poll, K2ResponseException failure, Instant now) {
		if (failure.responseBody().length() > LARGE && check.canBeShorter()) {
			logger.debug("The result of the poll from " + poll.period() + " is too large. The period is halved");
			return after(Duration.ZERO, check.tooLarge(), now);
		}
		return retry(check.refused(), poll.period(), failure.getMessage(), null, now);
	}

	private NextStep askAgain(TillCheck check, Poll poll, @Nullable String reason, @Nullable Duration retryAfter,
			Instant now) {
		if (Duration.between(poll.startedAt(), now).compareTo(MAX_PENDING) > 0) {
			return retry(check.refused(), poll.period(), reason, retryAfter, now);
		}
		return after(atLeast(retryAfter, poll.delay()), check.asked(poll), now);
	}

	private NextStep retry(TillCheck next, Period period, @Nullable String reason, @Nullable Duration retryAfter,
			Instant now) {
		if (next.once() && next.failures() >= MAX_FAILURES_ONCE) {
			logger
				.error("The check of " + next.till() + " is given up. The poll from " + period + " failed: " + reason);
			return NextStep.remove();
		}
		Duration wait = atLeast(retryAfter, this.delays.doubled(FIRST_RETRY, next.failures(), LONGEST_RETRY));
		logger.warn("The poll of " + next.till() + " from " + period + " failed: " + reason + ". It is started anew in "
				+ wait);
		return after(wait, next, now);
	}

	private static Duration atLeast(@Nullable Duration retryAfter, Duration delay) {
		if (retryAfter == null || retryAfter.compareTo(delay) <= 0) {
			return delay;
		}
		return (retryAfter.compareTo(LONGEST_RETRY) < 0) ? retryAfter : LONGEST_RETRY;
	}

	private static @Nullable Duration retryAfter(K2Exception failure) {
		return (failure instanceof K2ApiException response) ? response.retryAfter() : null;
	}

	private NextStep compare(TillCheck check, Poll poll, PollingResult result, Instant now) {
		Period judged = new Period(check.notBeforeSince(now.minus(this.store.retention())),
				now.minus(this.properties.grace()));
		List<K2DetectedEvent> missing = this.comparison.missing(check.till(), result.transactions(), poll.period(),
				judged);
		int found = missing.size();
		NextStep next = completion(check.compared(poll.period(), result.transactions().size(), found), now);
		if (missing.isEmpty()) {
			return next;
		}
		return (row) -> {
			this.inbox.store(missing, () -> next.take(row));
			logger.warn("No message told of " + found + " payments or reversals of " + check.till() + " from "
					+ poll.period() + ". They are published now. Look for the reason: the subscription, the API key, or"
					+ " the endpoint");
			missing.stream()
				.collect(Collectors.groupingBy(OwnEvents::kind, Collectors.summingInt((event) -> 1)))
				.forEach((kind, count) -> this.meter.missed(check.till().account(), kind, count));
		};
	}

	private NextStep completion(TillCheck next, Instant now) {
		if (!next.isIdle()) {
			return after(Duration.ZERO, next, now);
		}
		return next.once() ? NextStep.remove() : after(this.properties.interval(), next, now);
	}

	private PollingService service(TillCheck check) {
		return this.polling.apply(check.till().account())
			.forReconciliation((reference,
					reason) -> logger.warn("Transaction "
							+ LogFormatUtils.formatValue(reference, MAX_LOGGED_LENGTH, true) + " of " + check.till()
							+ " cannot be read, so it is not compared: " + reason + ". Look at Kopo Kopo's dashboard"));
	}

	/**
	 * Schedule the next step. Instances compare the time when it is due with that of the
	 * database, since their own clocks may differ.
	 */
	private NextStep after(Duration delay, TillCheck check, Instant now) {
		return NextStep.at(this.delays.now().plus(delay), check.due(now.plus(delay)).write());
	}

	/**
	 * Repeat a step that failed, for example because the database was away, or because
	 * the account has no client id any more.
	 */
	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		int attempts = execution.failures() + 1;
		if (attempts >= MAX_FAILURES_ONCE && TillCheck.isOnce(execution.id())) {
			return (row) -> {
				row.remove();
				logger.error("A check on demand is given up after " + attempts + " failures", failure);
			};
		}
		Duration delay = this.delays.doubled(FIRST_RETRY, attempts, LONGEST_RETRY);
		return (row) -> {
			row.retry(this.delays.now().plus(delay), null);
			logger.error("The reconciliation failed in attempt " + attempts + ". The next attempt is in " + delay,
					failure);
		};
	}

	@Override
	public NextStep crashed(TaskExecution execution) {
		return NextStep.retry(this.delays.now());
	}

}
