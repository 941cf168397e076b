package io.github.k2connect.webhook.reception;

import java.util.function.Supplier;

import io.github.k2connect.K2Meter.DeliveryFailedException;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.micrometer.observation.Observation;
import org.apiguardian.api.API;

/**
 * The observation of a delivery, or of an attempt to handle a stored event.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public class WebhookObservation {

	private final Observation observation;

	private final boolean last;

	private boolean unrecognized;

	private boolean reachedListeners;

	private boolean failed;

	/**
	 * Start the observation.
	 * @param observation the observation of a delivery or of an attempt
	 * @param account the name of the account in metrics
	 * @param last whether the event is parked if this attempt fails
	 */
	protected WebhookObservation(Observation observation, String account, boolean last) {
		this.observation = observation.lowCardinalityKeyValue(Tag.ACCOUNT.withValue(account)).start();
		this.last = last;
	}

	/**
	 * Record the account.
	 * @param account the name of the account in metrics
	 */
	void account(String account) {
		this.observation.lowCardinalityKeyValue(Tag.ACCOUNT.withValue(account));
	}

	/**
	 * Run the delivery or the attempt in this observation, and stop it. An exception that
	 * was not recorded before is recorded as a failure.
	 * @param <T> the type of the result
	 * @param observed the delivery or the attempt
	 * @return its result
	 */
	public <T> T observe(Supplier<T> observed) {
		try {
			return scoped(observed);
		}
		finally {
			stop();
		}
	}

	/**
	 * Run a part of the delivery in this observation.
	 * @param <T> the type of the result
	 * @param part the part
	 * @return its result
	 */
	public <T> T scoped(Supplier<T> part) {
		Observation.Scope scope = this.observation.openScope();
		try {
			return part.get();
		}
		catch (Throwable ex) {
			if (!this.failed) {
				failed(ex);
			}
			throw ex;
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Record the event. The application's conventions and filters find it in the context.
	 * @param received the event
	 */
	public void received(Publication received) {
		if (!this.observation.isNoop()) {
			this.observation.getContext().put(K2Event.class, received.event());
		}
		this.unrecognized = received.event() instanceof UnrecognizedK2Event;
		this.observation.lowCardinalityKeyValue(Tag.KIND.withValue(received.kind()));
	}

	/**
	 * Record that the listeners are called.
	 */
	public void reachedListeners() {
		this.reachedListeners = true;
	}

	/**
	 * Record the outcome of the event.
	 * @param reception the outcome
	 */
	public void ended(Reception reception) {
		outcome(switch (reception) {
			case PUBLISHED -> this.unrecognized ? Value.UNRECOGNIZED : Value.PUBLISHED;
			case DUPLICATE -> Value.DUPLICATE;
			case ACCEPTED -> Value.ACCEPTED;
			case BUSY -> Value.BUSY;
		});
	}

	/**
	 * Record that a delivery or an attempt failed. The error always has the same class,
	 * so that each outcome has one time series.
	 * @param failure the failure
	 * @return whether the listeners had been called
	 */
	public boolean failed(Throwable failure) {
		Value outcome = this.reachedListeners ? Value.FAILED : Value.UNAVAILABLE;
		failed(this.last ? Value.PARKED : outcome, failure);
		return this.reachedListeners;
	}

	/**
	 * Record a failure with its outcome.
	 * @param outcome the outcome
	 * @param failure the failure
	 */
	public void failed(Value outcome, Throwable failure) {
		this.failed = true;
		outcome(outcome).error(new DeliveryFailedException(failure));
	}

	/**
	 * End the observation.
	 */
	public void stop() {
		this.observation.stop();
	}

	/**
	 * Record the outcome.
	 * @param outcome the outcome
	 * @return the observation
	 */
	protected Observation outcome(Value outcome) {
		return this.observation.lowCardinalityKeyValue(Tag.OUTCOME.of(outcome));
	}

}
