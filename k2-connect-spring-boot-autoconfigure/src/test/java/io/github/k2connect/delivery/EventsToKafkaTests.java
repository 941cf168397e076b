package io.github.k2connect.delivery;

import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.event.DetectedSample;
import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.Sample;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.event.UnrecognizedK2Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.modulith.events.EventExternalizationConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which events {@link EventsToKafka} sends, and where to.
 */
class EventsToKafkaTests {

	private final EventExternalizationConfiguration configuration = new EventsToKafka().eventsToKafka();

	private static Stream<K2DetectedEvent> detected() {
		return DetectedSample.events();
	}

	private @Nullable Object name(K2Event event) {
		return this.configuration.getHeadersFor(event).get(EventsToKafka.NAME);
	}

	@ParameterizedTest
	@MethodSource("detected")
	void sendsWhatNoMessageToldOf(K2DetectedEvent event) {
		assertThat(this.configuration.supports(event)).isTrue();
		assertThat(name(event)).isEqualTo("shop " + event.getClass().getSimpleName() + " " + event.id());
		assertThat(this.configuration.determineTarget(event)).satisfies((target) -> {
			assertThat(target.getTarget()).isEqualTo(EventsToKafka.TOPIC);
			assertThat(target.getKey()).isEqualTo((event instanceof TillTransactionDetails) ? "112233" : "shop");
		});
	}

	@Test
	void namesEachEventDifferently() {
		List<K2Event> events = Stream
			.of(Stream.of(Sample.values()).map(Sample::event), DetectedSample.events(),
					Stream.of(new UnrecognizedK2Event("p1", "shop", null, "{}", "none")))
			.<K2Event>flatMap((some) -> some)
			.toList();
		assertThat(events.stream().map(this::name)).hasSameSizeAs(events).doesNotHaveDuplicates();
	}

}
