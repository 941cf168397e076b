package io.github.k2connect.followup;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.StartedRequestListener.NewRequest;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.idempotency.RequestCompanion;
import io.github.k2connect.scheduling.Delays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of follow-ups: one before a request is sent, and one with the URL of the
 * resource afterwards. Callers that wait for a result share the limit for status requests
 * with the follow-up.
 */
final class FollowUpRows implements RequestCompanion<FollowUpWrite> {

	/**
	 * The prefix of the key of a follow-up without a URL.
	 */
	static final String BEGUN = "begun-";

	private final FollowUpTimes times;

	private final Delays delays;

	private final CallQueue calls;

	/**
	 * Create the rows.
	 * @param times the times of a follow-up
	 * @param delays the time
	 */
	FollowUpRows(FollowUpTimes times, Delays delays) {
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
	public GroupedWriter.Target<FollowUpWrite> table(K2Database database) {
		return new FollowUpTable(database);
	}

	@Override
	public @Nullable Changes<FollowUpWrite> begin(NewRequest request) {
		return ResultType.startedBy(request.resource())
			.map((type) -> new BegunFollowUp(BEGUN + UUID.randomUUID(),
					FollowUpState.begun(request.account(), type.value(), request.metadata(), this.delays.now())))
			.orElse(null);
	}

	@Override
	public FollowUpWrite resolved(String account, String type, URI location, Instant startedAt) {
		FollowUpState state = FollowUpState.begun(account, type, Map.of(), startedAt).started(location);
		return FollowUpWrite.insert(key(state, location), state, firstCheck());
	}

	@Override
	public Duration delayStatusRequest() {
		Instant now = this.delays.now();
		Instant turn = this.calls.request(null, now);
		return (turn != null) ? Duration.between(now, turn) : Duration.ZERO;
	}

	private static String key(FollowUpState state, URI location) {
		return FollowUpState.key(state.account(), state.type(), new K2Location(location).id());
	}

	private Instant firstCheck() {
		return this.delays.now().plus(this.delays.spread(this.times.firstCheck()));
	}

	/**
	 * The changes for a request.
	 */
	private final class BegunFollowUp implements Changes<FollowUpWrite> {

		private final String key;

		private final FollowUpState state;

		BegunFollowUp(String key, FollowUpState state) {
			this.key = key;
			this.state = state;
		}

		@Override
		public FollowUpWrite begun() {
			Duration first = FollowUpRows.this.times.maxTimeWithoutLocation().dividedBy(2);
			return FollowUpWrite.insert(this.key, this.state, this.state.startedAt().plus(first));
		}

		@Override
		public FollowUpWrite started(URI location) {
			FollowUpState started = this.state.started(location);
			return FollowUpWrite.replace(this.key, FollowUpRows.key(started, location), started, firstCheck());
		}

		@Override
		public FollowUpWrite failed() {
			return FollowUpWrite.delete(this.key);
		}

	}

}
