package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.KnownPayments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * The meters of the inbox. All of them are registered at startup.
 */
final class MicrometerInboxMeters implements InboxMeters, MeterBinder {

	/**
	 * Kept, because the container would look for it again at each event.
	 */
	private final SingletonSupplier<Optional<MeterRegistry>> registry;

	MicrometerInboxMeters(ObjectProvider<MeterRegistry> registries) {
		this.registry = SingletonSupplier.of(() -> Optional.ofNullable(registries.getIfUnique()));
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Stream.of(ReceivedEvent.kinds(), KnownPayments.MISSED_KINDS, Set.of(OwnEvents.UNRESOLVED_REQUEST))
			.flatMap(Collection::stream)
			.forEach((kind) -> {
				delay(registry, kind);
				slow(registry, kind);
			});
	}

	@Override
	public void handled(String kind, Duration delay) {
		this.registry.obtain().ifPresent((registry) -> delay(registry, kind).record(delay));
	}

	@Override
	public void slow(String kind) {
		this.registry.obtain().ifPresent((registry) -> slow(registry, kind).increment());
	}

	private static Timer delay(MeterRegistry registry, String kind) {
		return Timer.builder(K2Meter.INBOX_DELAY.asString())
			.description(K2Meter.INBOX_DELAY.description())
			.tag(Tag.KIND.asString(), kind)
			.register(registry);
	}

	private static Counter slow(MeterRegistry registry, String kind) {
		return Counter.builder(K2Meter.INBOX_SLOW.asString())
			.description(K2Meter.INBOX_SLOW.description())
			.tag(Tag.KIND.asString(), kind)
			.register(registry);
	}

}
