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
	 * How much of the last look is looked at again, for what Kopo Kopo adds late.
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
	 * After how many failures a single look is given up: after a day.
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
	 * Schedule the first look at each till, unless it is already scheduled.
	 */
	@Override
	public void started() {
		Instant now = this.time.get();
		this.tills.forEach((till) -> this.table.inTransaction(() -> this.table
			.insertIfAbsent(new NewRow(NAME, till.key(), Look.since(till, now).write(), null, this.delays.now()))));
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		Look look = Look.read(execution.data());
		Instant now = this.time.get();
		if (look.due() != null && now.isBefore(look.due())) {
			return NextStep.postpone(this.delays.now().plus(Duration.between(now, look.due())), execution.data());
		}
		if (!look.once() && !this.tills.contains(look.till())) {
			return NextStep.postpone(this.delays.now().plus(DELAY_WITHOUT_TILL), null);
		}
		Poll poll = look.poll();
		return (poll != null) ? ask(look, poll, now) : begin(look, now);
	}

	private NextStep begin(Look look, Instant now) {
		Look current = look.once() ? look : withNewPeriod(look, now);
		if (current.isIdle()) {
			return after(this.properties.interval(), look, now);
		}
		Period period = current.next();
		try {
			Poll poll = Poll.started(period, service(look).pollTransactions(request(look.till(), period)).uri(), now);
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
	 * Add the time since the last look, unless a look runs. A look whose polls fail gets
	 * more time after the interval, so that it does not hold up what is newer.
	 */
	private Look withNewPeriod(Look look, Instant now) {
		Instant end = now.minus(this.properties.grace());
		if (look.end() != null && (look.failures() == 0 || end.isBefore(look.end().plus(this.properties.interval())))) {
			return look;
		}
		Instant earliest = now.minus(this.properties.lookBack());
		if (look.lastComplete() != null && look.lastComplete().isBefore(earliest)) {
			logger.warn("Not all payments of " + look.till() + " from " + look.lastComplete() + " to " + earliest
					+ " were compared, and they are now too old for k2.reconciliation.look-back. "
					+ "Call K2Reconciliation.look for this period");
		}
		return look.extended(OVERLAP, look.notBeforeSince(earliest), end);
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

	private NextStep ask(Look look, Poll poll, Instant now) {
		PollingResult result;
		try {
			result = service(look).getStatus(new K2Location(poll.location()));
		}
		catch (K2ResponseException ex) {
			return unreadable(look, poll, ex, now);
		}
		catch (K2ApiException ex) {
			if (ex.statusCode() == 404 || ex.statusCode() == 410) {
				return retry(look.refused(), poll.period(), ex.getMessage(), null, now);
			}
			return askAgain(look, poll, ex.getMessage(), retryAfter(ex), now);
		}
		catch (K2Exception ex) {
			return askAgain(look, poll, ex.getMessage(), null, now);
		}
		if (result.isPending()) {
			return askAgain(look, poll, "it is still " + result.status(), null, now);
		}
		if (!result.isSuccessful()) {
			return retry(look.refused(), poll.period(), "its status is " + result.status(), null, now);
		}
		return compare(look, poll, result, now);
	}

	private NextStep unreadable(Look look, Poll poll, K2ResponseException failure, Instant now) {
		if (failure.responseBody().length() > LARGE && look.canBeShorter()) {
			logger.debug("The result of the poll from " + poll.period() + " is too large. The period is halved");
			return after(Duration.ZERO, look.tooLarge(), now);
		}
		return retry(look.refused(), poll.period(), failure.getMessage(), null, now);
	}

	private NextStep askAgain(Look look, Poll poll, @Nullable String reason, @Nullable Duration retryAfter,
			Instant now) {
		if (Duration.between(poll.startedAt(), now).compareTo(MAX_PENDING) > 0) {
			return retry(look.refused(), poll.period(), reason, retryAfter, now);
		}
		return after(atLeast(retryAfter, poll.delay()), look.asked(poll), now);
	}

	private NextStep retry(Look next, Period period, @Nullable String reason, @Nullable Duration retryAfter,
			Instant now) {
		if (next.once() && next.failures() >= MAX_FAILURES_ONCE) {
			logger.error("The look at " + next.till() + " is given up. The poll from " + period + " failed: " + reason);
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

	private NextStep compare(Look look, Poll poll, PollingResult result, Instant now) {
		Period judged = new Period(look.notBeforeSince(now.minus(this.store.retention())),
				now.minus(this.properties.grace()));
		List<K2DetectedEvent> missing = this.comparison.missing(look.till(), result.transactions(), poll.period(),
				judged);
		int found = missing.size();
		NextStep next = completion(look.compared(poll.period(), result.transactions().size(), found), now);
		if (missing.isEmpty()) {
			return next;
		}
		return (row) -> {
			this.inbox.store(missing, () -> next.take(row));
			logger.warn("No message told of " + found + " payments or reversals of " + look.till() + " from "
					+ poll.period() + ". They are published now. Look for the reason: the subscription, the API key, or"
					+ " the endpoint");
			missing.stream()
				.collect(Collectors.groupingBy(OwnEvents::kind, Collectors.summingInt((event) -> 1)))
				.forEach((kind, count) -> this.meter.missed(look.till().account(), kind, count));
		};
	}

	private NextStep completion(Look next, Instant now) {
		if (!next.isIdle()) {
			return after(Duration.ZERO, next, now);
		}
		return next.once() ? NextStep.remove() : after(this.properties.interval(), next, now);
	}

	private PollingService service(Look look) {
		return this.polling.apply(look.till().account())
			.forReconciliation((reference,
					reason) -> logger.warn("Transaction "
							+ LogFormatUtils.formatValue(reference, MAX_LOGGED_LENGTH, true) + " of " + look.till()
							+ " cannot be read, so it is not compared: " + reason + ". Look at Kopo Kopo's dashboard"));
	}

	/**
	 * Schedule the next step. Instances compare the time when it is due with that of the
	 * database, since their own clocks may differ.
	 */
	private NextStep after(Duration delay, Look look, Instant now) {
		return NextStep.at(this.delays.now().plus(delay), look.due(now.plus(delay)).write());
	}

	/**
	 * Repeat a step that failed, for example because the database was away, or because
	 * the account has no client id any more.
	 */
	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		int attempts = execution.failures() + 1;
		if (attempts >= MAX_FAILURES_ONCE && Look.isOnce(execution.id())) {
			return (row) -> {
				row.remove();
				logger.error("A look on demand is given up after " + attempts + " failures", failure);
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
