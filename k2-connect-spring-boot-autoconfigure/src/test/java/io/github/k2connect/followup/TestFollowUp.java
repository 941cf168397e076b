package io.github.k2connect.followup;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import io.github.k2connect.client.K2Client;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.WriterConnection;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookParsers;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.micrometer.observation.ObservationRegistry;

/**
 * A follow-up without an application context.
 */
public final class TestFollowUp {

	private final FollowUpTimes times;

	private final FollowUpRows rows;

	private final RequestWriter<FollowUpWrite> writer;

	private final FollowUpRecorder recorder;

	private final Delays delays;

	/**
	 * Create the follow-up.
	 */
	public TestFollowUp(Duration giveUpAfter, Duration callTimeout, K2Database database,
			ScheduledExecutorService thread, Delays delays, RequestWriter.Settings settings) {
		this.times = new FollowUpTimes(
				new FollowUpProperties(true, Duration.ofSeconds(30), giveUpAfter, Duration.ofMinutes(5), 10),
				callTimeout);
		this.rows = new FollowUpRows(this.times, delays);
		this.writer = new RequestWriter<>(WriterConnection.opened(database), settings, this.rows, thread);
		this.recorder = new FollowUpRecorder(this.writer);
		this.delays = delays;
	}

	/**
	 * Return the writer of started requests.
	 */
	public RequestWriter<?> writer() {
		return this.writer;
	}

	/**
	 * Create the task.
	 */
	public K2Task task(Function<String, K2Client> clients, EventReceiver receiver, OwnEvents inbox) {
		return new FollowUpTask(accounts(clients), receiver, inbox, this.recorder, this.rows.calls(), this.times,
				ObservationRegistry.NOOP, this.delays);
	}

	/**
	 * Record that an event was handled.
	 */
	public void handled(K2Event event) {
		this.recorder.handled(event);
	}

	/**
	 * Return accounts with clients that receive no messages.
	 */
	static WebhookParsers accounts(Function<String, K2Client> clients) {
		return new Accounts(clients);
	}

	private record Accounts(Function<String, K2Client> clients) implements WebhookParsers {

		@Override
		public K2Client client(String account) {
			return this.clients.apply(account);
		}

		@Override
		public String observedName(String account) {
			return "observed " + account;
		}

		@Override
		public Optional<WebhookParser> find(String account) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<WebhookParser> refresh(String account) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Set<String> observedNames() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Set<String> configuredNames() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean hasNamedAccounts() {
			throw new UnsupportedOperationException();
		}

	}

}
