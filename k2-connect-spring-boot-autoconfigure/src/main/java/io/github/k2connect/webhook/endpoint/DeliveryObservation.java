package io.github.k2connect.webhook.endpoint;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.WebhookObservation;
import io.github.k2connect.webhook.reception.TraceCarrier;
import io.micrometer.observation.ObservationRegistry;

/**
 * The observation of a delivery, which also keeps its time.
 */
final class DeliveryObservation extends WebhookObservation {

	private final String account;

	private final LastDeliveries deliveries;

	/**
	 * Start the observation.
	 * @param registry the observation registry
	 * @param account the name of the account in metrics
	 * @param deliveries the times of the last deliveries
	 */
	DeliveryObservation(ObservationRegistry registry, String account, LastDeliveries deliveries) {
		super(K2Meter.DELIVERY.observation(registry, () -> new TraceCarrier().sender()), account, false);
		this.account = account;
		this.deliveries = deliveries;
	}

	/**
	 * Record that the delivery was rejected.
	 */
	void rejected(Rejection rejection) {
		this.deliveries.rejected(this.account);
		outcome(Value.REJECTED).lowCardinalityKeyValue(Tag.REJECTION.of(rejection.value()));
	}

	@Override
	public void ended(Reception reception) {
		if (reception != Reception.BUSY) {
			this.deliveries.accepted(this.account);
		}
		super.ended(reception);
	}

}
