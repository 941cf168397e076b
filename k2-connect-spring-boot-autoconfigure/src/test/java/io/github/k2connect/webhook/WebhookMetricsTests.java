package io.github.k2connect.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.k2connect.autoconfigure.K2AutoConfiguration;
import io.github.k2connect.autoconfigure.K2EventStoreAutoConfiguration;
import io.github.k2connect.autoconfigure.K2WebhookAutoConfiguration;
import io.github.k2connect.event.EventDecoder;
import io.github.k2connect.webhook.store.EventInProgressException;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebhookMetrics}.
 */
class WebhookMetricsTests {

	private static final String KEY = "an-api-key";

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	WebhookMetricsTests() {
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
	}

	private void deliver(String body, K2EventStore store, Consumer<Object> listener) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		new WebhookEndpoint(new OnlyParser(new WebhookParser(new SignatureVerifier(KEY, List.of()))),
				new DirectReceiver(new EventDispatcher(listener::accept, store), Integer.MAX_VALUE,
						Duration.ofSeconds(20)),
				1024, Duration.ofSeconds(1), this.observations)
			.receive("default", bytes, Signatures.sign(KEY, bytes));
	}

	private Set<List<Tag>> timers() {
		return this.meters.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().equals("k2.webhook"))
			.map(Meter.Id::getTags)
			.collect(Collectors.toSet());
	}

	@Test
	void everyDeliveryCountsInATimerThatWasThereBefore() {
		new WebhookMetrics(List.of("default")).bindTo(this.meters);
		Set<List<Tag>> before = timers();
		K2EventStore duplicate = (identity, handling) -> false;
		K2EventStore busy = (identity, handling) -> {
			throw new EventInProgressException(null);
		};
		K2EventStore unavailable = (identity, handling) -> {
			throw new IllegalStateException("The database is away");
		};
		List<String> messages = EventDecoder.kinds()
			.stream()
			.flatMap((kind) -> List
				.of("{\"id\": \"1\", \"topic\": \"" + kind + "\"}",
						"{\"data\": {\"id\": \"1\", \"type\": \"" + kind + "\", \"attributes\": {}}}")
				.stream())
			.toList();
		for (String message : messages) {
			deliver(message, K2EventStore.none(), (event) -> {
			});
			deliver(message, duplicate, (event) -> {
			});
			deliver(message, unavailable, (event) -> {
			});
			deliver(message, busy, (event) -> {
			});
			deliver(message, K2EventStore.none(), (event) -> {
				throw new IllegalArgumentException("The listener failed");
			});
		}
		deliver("{\"TransID\": \"1\"}", K2EventStore.none(), (event) -> {
		});
		deliver("no message", K2EventStore.none(), (event) -> {
		});
		WebhookEndpoint endpoint = new WebhookEndpoint(
				new OnlyParser(new WebhookParser(new SignatureVerifier(KEY, List.of()))),
				new DirectReceiver(new EventDispatcher((event) -> {
				}, duplicate), Integer.MAX_VALUE, Duration.ofSeconds(20)), 1024, Duration.ofSeconds(1),
				this.observations);
		for (Rejection rejection : Rejection.values()) {
			endpoint.reject("default", rejection);
		}
		endpoint.fail("default", new IllegalStateException("The wrapper of a filter failed"));
		endpoint.arrived("default", new byte[0], null).giveUp();
		withoutKeys().receive("default", new byte[0], null);
		assertThat(timers()).isEqualTo(before);
	}

	private WebhookEndpoint withoutKeys() {
		WebhookParsers parsers = new WebhookParsers() {

			@Override
			public Optional<WebhookParser> find(String account) {
				throw new IllegalStateException("The source of accounts is away");
			}

			@Override
			public Optional<WebhookParser> refresh(String account) {
				return find(account);
			}

			@Override
			public String observedName(String account) {
				return account;
			}

		};
		return new WebhookEndpoint(parsers, (received, reachesListeners) -> EventReceiver.Reception.BUSY, 1024,
				Duration.ofSeconds(1), this.observations);
	}

	@Test
	void theTimersAreThereWhereThereAreMetrics() {
		WebApplicationContextRunner runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(K2AutoConfiguration.class, K2EventStoreAutoConfiguration.class,
					K2WebhookAutoConfiguration.class))
			.withPropertyValues("k2.api-key=" + KEY, "k2.webhook.store=none");
		runner.run((context) -> {
			context.getBean(MeterBinder.class).bindTo(this.meters);
			assertThat(timers()).isNotEmpty();
		});
		runner.withPropertyValues("k2.webhook.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MeterBinder.class));
		runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(WebhookEndpoint.class));
	}

}
