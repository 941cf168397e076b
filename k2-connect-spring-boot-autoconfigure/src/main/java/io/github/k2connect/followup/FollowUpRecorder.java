package io.github.k2connect.followup;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.webhook.reception.EventDispatcher.HandledEventListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Listener that stores a follow-up before a request is sent, and the URL of the resource
 * afterwards. A final result ends the follow-up. Callers that wait for a result share the
 * limit for status requests with the follow-up.
 */
final class FollowUpRecorder implements StartedRequestListener, HandledEventListener {

	/**
	 * The prefix of the key of a follow-up without a URL.
	 */
	static final String BEGUN = "begun-";

	private static final Log logger = LogFactory.getLog(FollowUpRecorder.class);

	private final GroupedWriter<FollowUpWrite> writer;

	private final FollowUpTimes times;

	private final Delays delays;

	private final CallQueue calls;

	/**
	 * Create the listener.
	 * @param writer the writer for the table of tasks
	 * @param times the times of a follow-up
	 * @param delays the time
	 */
	FollowUpRecorder(GroupedWriter<FollowUpWrite> writer, FollowUpTimes times, Delays delays) {
		this.writer = writer;
		this.times = times;
		this.delays = delays;
		this.calls = new CallQueue(times.properties().maxCallsPerSecond());
	}

	/**
	 * Return the limit for the status requests of this instance.
	 */
	CallQueue calls() {
		return this.calls;
	}

	@Override
	public StartedRequest begin(String account, String resource, Map<String, String> metadata) {
		Optional<ResultType> type = ResultType.startedBy(resource);
		if (type.isEmpty()) {
			return StartedRequest.IGNORED;
		}
		Instant now = this.delays.now();
		FollowUpState state = FollowUpState.begun(account, type.get().value(), metadata, now);
		String key = BEGUN + UUID.randomUUID();
		try {
			this.writer
				.write(FollowUpWrite.insert(key, state, now.plus(this.times.maxTimeWithoutLocation().dividedBy(2))));
		}
		catch (RuntimeException ex) {
			throw new FollowUpUnavailableException(ex);
		}
		return new BegunRequest(key, state);
	}

	@Override
	public Duration delayStatusRequest() {
		Instant now = this.delays.now();
		Instant turn = this.calls.request(null, now);
		return (turn != null) ? Duration.between(now, turn) : Duration.ZERO;
	}

	@Override
	public void handled(K2Event event) {
		if (event instanceof K2ResultEvent result && !result.isPending()) {
			try {
				this.writer.writeEventually(
						FollowUpWrite.delete(FollowUpState.key(result.account(), result.type(), result.id())));
			}
			catch (RuntimeException ex) {
				logger.debug("A follow-up with a final result could not be deleted. Its next execution ends it", ex);
			}
		}
	}

	/**
	 * Store the URLs that could not be stored before.
	 * @param executing the key of the follow-up that is executing, which cannot be
	 * deleted now
	 * @return whether the URL of that follow-up was stored
	 */
	boolean saveUnsaved(String executing) {
		try {
			return this.writer.retry(executing);
		}
		catch (RuntimeException ex) {
			logger.debug("The URL of a started request still cannot be stored", ex);
			return false;
		}
	}

	private void save(String begunKey, FollowUpState state) {
		URI location = state.location();
		if (location != null) {
			String key = FollowUpState.key(state.account(), state.type(), new K2Location(location).id());
			Instant firstCheck = this.delays.now().plus(this.delays.spread(this.times.firstCheck()));
			this.writer.writeEventually(FollowUpWrite.replace(begunKey, key, state, firstCheck));
		}
	}

	/**
	 * A request whose follow-up is stored.
	 */
	private final class BegunRequest implements StartedRequest {

		private final String key;

		private final FollowUpState state;

		BegunRequest(String key, FollowUpState state) {
			this.key = key;
			this.state = state;
		}

		@Override
		public void started(URI location) {
			FollowUpState started = this.state.started(location);
			try {
				save(this.key, started);
			}
			catch (RuntimeException ex) {
				logger.error("The URL " + location + " of a started request could not be stored. "
						+ "It is stored as soon as the database is available, unless this instance stops before", ex);
			}
		}

		@Override
		public void failed() {
			try {
				FollowUpRecorder.this.writer.writeEventually(FollowUpWrite.delete(this.key));
			}
			catch (RuntimeException ex) {
				logger.warn("The follow-up of a failed request of type " + this.state.type()
						+ " could not be deleted. It is deleted as soon as the database is available", ex);
			}
		}

	}

}
