package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Scope;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Task that polls the transactions of each till, and stores an event for each payment
 * that no message told of. Each execution makes one step: it starts a poll, or requests
 * its status once and compares the transactions.
 */
final class ReconciliationTask extends K2Task implements OnStartup {

	/**
	 * The name of the task.
	 */
	static final String NAME = Need.RECONCILIATION.taskName();

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
	 * The longest delay after a failure.
	 */
	private static final Duration LONGEST_RETRY = Duration.ofMinutes(15);

	/**
	 * The length of a text from which a response may be larger than the client reads.
	 */
	private static final int LARGE = 512 * 1024;

	/**
	 * After how many failures a single look is given up: after a day.
	 */
	private static final int MAX_FAILURES_ONCE = 100;

	private final Set<Till> tills;

	private final ReconciliationProperties properties;

	private final Collaborators collaborators;

	private final SingletonSupplier<Comparison> comparison;

	/**
	 * Create the task.
	 * @param tills the tills of the configuration
	 * @param properties the configuration of the reconciliation
	 * @param collaborators suppliers of beans that may depend on the scheduler
	 * @param executions the conditions for its executions
	 */
	ReconciliationTask(Collection<Till> tills, ReconciliationProperties properties, Collaborators collaborators,
			Executions executions) {
		super(NAME, executions);
		this.tills = Set.copyOf(tills);
		this.properties = properties;
		this.collaborators = collaborators;
		this.comparison = SingletonSupplier
			.of(() -> new Comparison(collaborators.store().get(), collaborators.inbox().get()));
	}

	/**
	 * Schedule the first look at each till, unless it is already scheduled.
	 */
	@Override
	public void onStartup(SchedulerClient client, com.github.kagkarlsson.scheduler.Clock schedulerClock) {
		this.tills.forEach((till) -> client.scheduleIfNotExists(instance(till.key(), Look.at(till).write()),
				schedulerClock.now()));
	}

	@Override
	protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
		Look look = Look.read(instance.getData());
		Instant now = this.collaborators.time().get();
		if (look.due() != null && now.isBefore(look.due())) {
			return postpone(now().plus(Duration.between(now, look.due())), instance.getData());
		}
		if (!look.once() && !this.tills.contains(look.till())) {
			return after(this.properties.interval(), look, now);
		}
		Poll poll = look.poll();
		return (poll != null) ? ask(look, poll, now) : begin(look, now);
	}

	private CompletionHandler<String> begin(Look look, Instant now) {
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
			return retry(current.failed(), period, ex.getMessage(), retryAfter(ex), now);
		}
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
		return look.extended(OVERLAP, earliest, end);
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

	private CompletionHandler<String> ask(Look look, Poll poll, Instant now) {
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

	private CompletionHandler<String> unreadable(Look look, Poll poll, K2ResponseException failure, Instant now) {
		if (failure.responseBody().length() > LARGE && look.canBeShorter()) {
			logger.debug("The result of the poll from " + poll.period() + " is too large. The period is halved");
			return after(Duration.ZERO, look.tooLarge(), now);
		}
		return retry(look.refused(), poll.period(), failure.getMessage(), null, now);
	}

	private CompletionHandler<String> askAgain(Look look, Poll poll, @Nullable String reason,
			@Nullable Duration retryAfter, Instant now) {
		if (Duration.between(poll.startedAt(), now).compareTo(MAX_PENDING) > 0) {
			return retry(look.refused(), poll.period(), reason, retryAfter, now);
		}
		return after(atLeast(retryAfter, poll.delay()), look.asked(poll), now);
	}

	private CompletionHandler<String> retry(Look next, Period period, @Nullable String reason,
			@Nullable Duration retryAfter, Instant now) {
		if (next.once() && next.failures() >= MAX_FAILURES_ONCE) {
			logger.error("The look at " + next.till() + " is given up. The poll from " + period + " failed: " + reason);
			return new CompletionHandler.OnCompleteRemove<>();
		}
		Duration wait = atLeast(retryAfter, doubled(FIRST_RETRY, next.failures(), LONGEST_RETRY));
		logger.warn("The poll of " + next.till() + " from " + period + " failed: " + reason + ". It is started anew in "
				+ wait);
		return after(wait, next, now);
	}

	private static Duration atLeast(@Nullable Duration retryAfter, Duration delay) {
		return (retryAfter != null && retryAfter.compareTo(delay) > 0) ? retryAfter : delay;
	}

	private static @Nullable Duration retryAfter(K2Exception failure) {
		return (failure instanceof K2ApiException response) ? response.retryAfter() : null;
	}

	private CompletionHandler<String> compare(Look look, Poll poll, PollingResult result, Instant now) {
		JdbcEventStore store = this.collaborators.store().get();
		Period judged = new Period(now.minus(store.retention()), now.minus(this.properties.grace()));
		OwnEvents inbox = this.collaborators.inbox().get();
		Map<String, List<PolledTransaction>> missing = this.comparison.obtain()
			.missing(look.till(), result.transactions(), poll.period(), judged);
		int found = missing.values().stream().mapToInt(List::size).sum();
		Look next = look.compared(poll.period(), result.transactions().size(), found);
		CompletionHandler<String> completion = completion(next, now);
		if (missing.isEmpty()) {
			return completion;
		}
		return (complete, operations) -> {
			inbox.store(look.till().account(), missing, () -> completion.complete(complete, operations));
			logger.warn("No message told of " + found + " payments or reversals of " + look.till() + " from "
					+ poll.period() + ". They are published now. Look for the reason: the subscription, the API key, or"
					+ " the endpoint");
			MissedMeter meter = this.collaborators.meter().get();
			missing.forEach((kind, payments) -> meter.missed(look.till().account(), kind, payments.size()));
		};
	}

	private CompletionHandler<String> completion(Look next, Instant now) {
		if (!next.isIdle()) {
			return after(Duration.ZERO, next, now);
		}
		return next.once() ? new CompletionHandler.OnCompleteRemove<>() : after(this.properties.interval(), next, now);
	}

	private PollingService service(Look look) {
		return this.collaborators.polling().apply(look.till().account());
	}

	/**
	 * Schedule the next step. Instances compare the time when it is due with that of the
	 * database, since their own clocks may differ.
	 */
	private CompletionHandler<String> after(Duration delay, Look look, Instant now) {
		return next(now().plus(delay), look.due(now.plus(delay)).write());
	}

	/**
	 * Repeat a step that failed, for example because the database was away.
	 */
	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		int attempts = complete.getExecution().consecutiveFailures + 1;
		Duration delay = doubled(FIRST_RETRY, attempts, LONGEST_RETRY);
		operations.reschedule(complete, now().plus(delay));
		logger.error("The reconciliation failed in attempt " + attempts + ". The next attempt is in " + delay,
				complete.getCause().orElse(null));
	}

	/**
	 * The collaborators of the task. They are resolved when they are first needed.
	 *
	 * @param polling returns the polling service of an account
	 * @param time returns the time of the database
	 * @param store remembers which events were handled
	 * @param inbox stores the events for what is missing
	 * @param meter counts what is missing
	 */
	record Collaborators(Function<String, PollingService> polling, Supplier<Instant> time,
			Supplier<JdbcEventStore> store, Supplier<OwnEvents> inbox, Supplier<MissedMeter> meter) {
	}

}
