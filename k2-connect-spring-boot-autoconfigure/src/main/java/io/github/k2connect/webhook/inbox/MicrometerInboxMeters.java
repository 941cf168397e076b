package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The meters of the inbox.
 */
final class MicrometerInboxMeters implements InboxMeters {

	private final ObjectProvider<MeterRegistry> registries;

	MicrometerInboxMeters(ObjectProvider<MeterRegistry> registries) {
		this.registries = registries;
	}

	@Override
	public void handled(String kind, Duration delay) {
		this.registries.ifUnique((registry) -> Timer.builder(K2Meter.INBOX_DELAY.asString())
			.description("Time from receiving an event to the end of its handling")
			.tag(Tag.KIND.asString(), kind)
			.register(registry)
			.record(delay));
	}

	@Override
	public void slow(String kind) {
		this.registries.ifUnique((registry) -> Counter.builder(K2Meter.INBOX_SLOW.asString())
			.description("Attempts that took longer than k2.webhook.inbox.warn-after")
			.tag(Tag.KIND.asString(), kind)
			.register(registry)
			.increment());
	}

}
