package io.github.k2connect.idempotency;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.idempotency.KeyChange.Claim;
import io.github.k2connect.idempotency.KeyChange.Deletion;
import io.github.k2connect.idempotency.KeyChange.InDoubt;
import io.github.k2connect.idempotency.KeyChange.Started;
import io.github.k2connect.idempotency.RequestCompanion.Changes;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Stores a request before it is sent, if it has an idempotency key or a companion. The
 * way of a request with a key: <pre>
 * service
 *   -- Claim, committed with the companion's change, independent of the caller's transaction
 *   -- the key belongs to another attempt: its location, or an exception
 *   -- before each sending: look at the age of the claim
 *   -- sent
 *        -- Started, with the companion's change
 *        -- no effect: Deletion
 *        -- unknown: InDoubt
 * </pre>
 *
 * @param <C> the type of the companion's changes
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class StartedRequestRecorder<C extends GroupedWriter.Write<C>> implements StartedRequestListener {

	private static final Log logger = LogFactory.getLog(StartedRequestRecorder.class);

	private static final int MAX_LOCATION_LENGTH = 2000;

	private final RequestWriter<C> writer;

	private final Ticker ticker;

	private final Clock clock;

	/**
	 * Create a recorder.
	 * @param writer the writer
	 * @param ticker measures the age of requests
	 * @param clock the clock of this instance
	 */
	public StartedRequestRecorder(RequestWriter<C> writer, Ticker ticker, Clock clock) {
		this.writer = writer;
		this.ticker = ticker;
		this.clock = clock;
	}

	@Override
	public StartedRequest begin(NewRequest request) {
		RequestCompanion<C> companion = this.writer.companion();
		Changes<C> changes = (companion != null) ? companion.begin(request) : null;
		IdempotencyKey key = request.key();
		if (key == null && changes == null) {
			return StartedRequest.IGNORED;
		}
		RequestAge age = new RequestAge(this.ticker, this.clock);
		Claim claim = (key != null)
				? new Claim(request.account(), key, UUID.randomUUID().toString(), request.settings().maxSendingTime())
				: null;
		store(new RequestWrite<>(claim, (changes != null) ? changes.begun() : null));
		KeyRow other = (claim != null) ? claim.other() : null;
		return (key != null && other != null) ? new KnownRequest(location(key, other))
				: new BegunRequest(request, claim, changes, age);
	}

	private void store(RequestWrite<C> write) {
		try {
			this.writer.write(write);
		}
		catch (RuntimeException ex) {
			if (ex.getCause() instanceof InvalidK2ConfigurationException configuration) {
				throw StartedRequestListener
					.keyNotPossible("cannot be used: " + configuration.description() + " " + configuration.action());
			}
			throw new K2RequestNotSentException("it could not be stored", ex);
		}
	}

	private static K2Location location(IdempotencyKey key, KeyRow other) {
		if (!other.isOf(key)) {
			throw StartedRequestListener.keyNotPossible("belongs to another request: one of another type, or with"
					+ " another amount, currency, recipient, till or reference. Use another key");
		}
		if (other.location() == null) {
			throw new K2DuplicateRequestException(key.value(), other.startedAt());
		}
		return other.location();
	}

	@Override
	public Duration delayStatusRequest() {
		RequestCompanion<C> companion = this.writer.companion();
		return (companion != null) ? companion.delayStatusRequest() : Duration.ZERO;
	}

	/**
	 * A request whose key has a location already.
	 */
	private record KnownRequest(K2Location known) implements StartedRequest {

		@Override
		public void started(URI location) {
		}

		@Override
		public void failed(Throwable failure) {
		}

	}

	/**
	 * A request that is stored.
	 */
	private final class BegunRequest implements StartedRequest {

		private final NewRequest request;

		private final @Nullable Claim claim;

		private final @Nullable Changes<C> companion;

		private final RequestAge age;

		private volatile boolean sending;

		BegunRequest(NewRequest request, @Nullable Claim claim, @Nullable Changes<C> companion, RequestAge age) {
			this.request = request;
			this.claim = claim;
			this.companion = companion;
			this.age = age;
		}

		/**
		 * Keep a request with a key that is too old from being sent: its key may have
		 * been released, and claimed by another request.
		 */
		@Override
		public void beforeSending() {
			if (this.claim != null && this.age.isOver(this.request.settings().callTimeout())) {
				throw new K2RequestNotSentException("too much time has passed since it was stored", null);
			}
			this.sending = true;
		}

		@Override
		public void started(URI location) {
			write(started(this.claim, location), (this.companion != null) ? this.companion.started(location) : null,
					(ex) -> logger.error("The URL " + location + " of a started request could not be stored. "
							+ "It is stored as soon as the database is available, unless this instance stops before",
							ex));
		}

		private static @Nullable KeyChange started(@Nullable Claim claim, URI location) {
			if (claim == null) {
				return null;
			}
			if (location.toString().length() > MAX_LOCATION_LENGTH) {
				logger.error("The URL of a started request is too long, so its idempotency key is unresolved");
				return new InDoubt(claim.row(), claim.attempt());
			}
			return new Started(claim.row(), claim.attempt(), location);
		}

		/**
		 * {@inheritDoc} The caller knows of an exception, so the companion is not needed
		 * any more. What becomes of the key:
		 * <table>
		 * <caption>Failures</caption>
		 * <tr>
		 * <th>failure</th>
		 * <th>key</th>
		 * </tr>
		 * <tr>
		 * <td>a {@link K2Exception} whose {@link K2Exception#outcomeUnknown()} is false:
		 * no token, no connection, a status of 4xx but 408 and 409, too old, interrupted
		 * before it was sent</td>
		 * <td>free</td>
		 * </tr>
		 * <tr>
		 * <td>a {@link K2Exception} whose outcome is unknown: cut off or timed out after
		 * it may have been sent, a status of 408, 409 or 5xx, a response without a
		 * location</td>
		 * <td>in doubt</td>
		 * </tr>
		 * <tr>
		 * <td>another exception before the request was sent, for example of an
		 * interceptor of the application</td>
		 * <td>free</td>
		 * </tr>
		 * <tr>
		 * <td>another exception after that</td>
		 * <td>in doubt</td>
		 * </tr>
		 * <tr>
		 * <td>an {@link Error}, whenever it was thrown</td>
		 * <td>in doubt</td>
		 * </tr>
		 * </table>
		 */
		@Override
		public void failed(Throwable failure) {
			boolean callerKnows = failure instanceof Exception;
			write(ended(this.claim, failure), (this.companion != null && callerKnows) ? this.companion.failed() : null,
					(ex) -> logger.warn("The end of a failed request to " + this.request.resource()
							+ " could not be stored. It is stored as soon as the database is available", ex));
		}

		private @Nullable KeyChange ended(@Nullable Claim claim, Throwable failure) {
			if (claim == null) {
				return null;
			}
			return hadNoEffect(failure) ? new Deletion(claim.row(), claim.attempt())
					: new InDoubt(claim.row(), claim.attempt());
		}

		private boolean hadNoEffect(Throwable failure) {
			if (failure instanceof K2Exception known) {
				return !known.outcomeUnknown();
			}
			return failure instanceof Exception && !this.sending;
		}

		private void write(@Nullable KeyChange change, @Nullable C companion, Consumer<RuntimeException> failed) {
			if (change == null && companion == null) {
				return;
			}
			try {
				StartedRequestRecorder.this.writer.writeEventually(new RequestWrite<>(change, companion));
			}
			catch (RuntimeException ex) {
				failed.accept(ex);
			}
		}

	}

}
