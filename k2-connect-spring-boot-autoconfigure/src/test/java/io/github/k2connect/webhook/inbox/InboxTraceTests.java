package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Endpoints;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the trace of an event in the inbox, with Micrometer Tracing and its bridge to
 * OpenTelemetry.
 */
class InboxTraceTests {

	private static final byte[] BODY = "{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8);

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withBean(ObservationRegistry.class, () -> this.registry)
		.withBean(Listener.class, () -> new Listener(this.registry))
		.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox", "k2.webhook.inbox.first-delay=10ms",
				"k2.scheduler.polling-interval=50ms", "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

	private void trace() {
		io.opentelemetry.api.trace.Tracer otel = SdkTracerProvider.builder()
			.addSpanProcessor(SimpleSpanProcessor.create(this.spans))
			.build()
			.get("test");
		Tracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), (event) -> {
		});
		OtelPropagator propagator = new OtelPropagator(
				ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
		this.registry.observationConfig()
			.observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
					new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
					new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
					new DefaultTracingObservationHandler(tracer)));
	}

	private void receive(BeanFactory context) {
		Observation.createNotStarted("http", this.registry)
			.observe(() -> assertThat(Endpoints.of(context).receive("default", BODY, Signatures.sign("k3y", BODY)))
				.isEqualTo(200));
	}

	@Test
	void continuesTraceInEachAttemptAndInListeners() {
		trace();
		this.runner.run((context) -> {
			receive(context);
			Awaitility.await().until(() -> named("work").size() == 2 && named("k2 webhook handle").size() == 2);
			SpanData delivery = named("k2 webhook").get(0);
			assertThat(this.spans.getFinishedSpanItems()).extracting(SpanData::getTraceId)
				.containsOnly(delivery.getTraceId());
			assertThat(delivery.getParentSpanId()).isEqualTo(named("http").get(0).getSpanId());
			assertThat(named("k2 webhook handle")).extracting(SpanData::getParentSpanId)
				.containsOnly(delivery.getSpanId());
			assertThat(named("k2 webhook handle")).extracting(SpanData::getKind).containsOnly(SpanKind.CONSUMER);
			Map<String, SpanData> attempts = named("k2 webhook handle").stream()
				.collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
			assertThat(named("work")).extracting(SpanData::getParentSpanId)
				.containsExactlyInAnyOrderElementsOf(attempts.keySet());
		});
	}

	@Test
	void beginsTraceForEventThatWasStoredWithoutTracer() {
		this.runner.run((context) -> {
			context.getBean(K2Scheduler.class).stop();
			receive(context);
			assertThat(JdbcClient.create(context.getBean(DataSource.class))
				.sql("SELECT task_data FROM k2_task WHERE task_name = 'k2-inbox'")
				.query(String.class)
				.single()).doesNotContain("trace");
			trace();
			context.getBean(K2Scheduler.class).start();
			Awaitility.await().until(() -> named("k2 webhook handle").size() == 2);
			assertThat(named("k2 webhook handle")).extracting(SpanData::getParentSpanId)
				.containsOnly(SpanId.getInvalid());
		});
	}

	private List<SpanData> named(String name) {
		return this.spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	/**
	 * Fails in the first attempt.
	 */
	static class Listener {

		private final ObservationRegistry registry;

		private final AtomicInteger attempts = new AtomicInteger();

		Listener(ObservationRegistry registry) {
			this.registry = registry;
		}

		@EventListener
		void on(CustomerCreated event) {
			Observation.createNotStarted("work", this.registry).observe(() -> {
				if (this.attempts.incrementAndGet() == 1) {
					throw new IllegalStateException("Fails in the first attempt");
				}
			});
		}

	}

}
