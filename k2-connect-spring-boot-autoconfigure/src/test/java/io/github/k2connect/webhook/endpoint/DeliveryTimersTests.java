package io.github.k2connect.webhook.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.TestTables;
import io.github.k2connect.ZeroTimers;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.EventDecoder;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.inbox.TestInbox;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.EventInProgressException;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the timers of deliveries that are registered at the start.
 */
class DeliveryTimersTests {

	private static final String KEY = "an-api-key";

	private static final K2EventStore DUPLICATE = (identity, handling) -> false;

	private static final K2EventStore BUSY = (identity, handling) -> {
		throw new EventInProgressException(null);
	};

	private static final K2EventStore UNAVAILABLE = (identity, handling) -> {
		throw new IllegalStateException("The database is away");
	};

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	DeliveryTimersTests() {
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
	}

	private void deliver(String body, K2EventStore store, Consumer<Object> listener) {
		deliver(body, Receivers.direct(new EventDispatcher(listener::accept, store), Integer.MAX_VALUE,
				Duration.ofSeconds(20)));
	}

	private void deliver(String body, EventReceiver receiver) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		Endpoints.receive(
				Endpoints.endpoint(new OnlyParser(parser()), receiver, 1024, Duration.ofSeconds(1), this.observations),
				"default", bytes, Signatures.sign(KEY, bytes));
	}

	private static WebhookParser parser() {
		return new WebhookParser(new SignatureVerifier(KEY, List.of()));
	}

	private static ZeroTimers timersAtStart(boolean inbox) {
		return ZeroTimers.deliveries(List.of("default"), ReceivedEvent.kinds(), inbox);
	}

	private Set<Meter.Id> timers() {
		return this.meters.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> Set.of("k2.webhook", "k2.webhook.handle").contains(id.getName()))
			.collect(Collectors.toSet());
	}

	private static List<String> messages() {
		return EventDecoder.kinds()
			.stream()
			.flatMap((kind) -> Stream.of("{\"id\": \"1\", \"topic\": \"" + kind + "\"}",
					"{\"data\": {\"id\": \"1\", \"type\": \"" + kind + "\", \"attributes\": {}}}"))
			.toList();
	}

	private void reject() {
		WebhookEndpoint endpoint = Endpoints.endpoint(new OnlyParser(parser()),
				(received, waited, reachesListeners) -> {
					throw new AssertionError();
				}, 1024, Duration.ofSeconds(1), this.observations);
		for (Rejection rejection : Rejection.values()) {
			Endpoints.delivery(endpoint, "default", null).reject(rejection);
		}
	}

	private void failToVerify() {
		WebhookAccounts parsers = new OnlyParser(() -> {
			throw new IllegalStateException("The vault is sealed");
		});
		WebhookEndpoint endpoint = Endpoints.endpoint(parsers, (received, waited, reachesListeners) -> {
			throw new AssertionError();
		}, 1024, Duration.ofSeconds(1), this.observations);
		Delivery delivery = Endpoints.delivery(endpoint, "default", "0".repeat(64));
		delivery.arrived(new byte[0]).receive();
		delivery.fail(new IllegalStateException("The wrapper of a filter failed"));
		delivery.arrived(new byte[0]).giveUp();
	}

	@Test
	void registersTimersOfDirectModeAtStart() {
		timersAtStart(false).bindTo(this.meters);
		Set<Meter.Id> before = timers();
		for (String message : messages()) {
			for (K2EventStore store : List.of(K2EventStore.none(), DUPLICATE, BUSY, UNAVAILABLE)) {
				deliver(message, store, (event) -> {
				});
			}
			deliver(message, K2EventStore.none(), (event) -> {
				throw new IllegalArgumentException("The listener failed");
			});
		}
		deliver("{\"TransID\": \"1\"}", K2EventStore.none(), (event) -> {
		});
		deliver("no message", K2EventStore.none(), (event) -> {
		});
		reject();
		failToVerify();
		assertThat(timers()).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	void registersTimersOfInboxModeAtStart() {
		timersAtStart(true).bindTo(this.meters);
		Set<Meter.Id> before = timers();
		for (String message : messages()) {
			for (Reception reception : List.of(Reception.ACCEPTED, Reception.DUPLICATE, Reception.BUSY)) {
				deliver(message, (received, waited, reachesListeners) -> reception);
			}
			deliver(message, (received, waited, reachesListeners) -> {
				throw new IllegalStateException("The database is away");
			});
		}
		deliver("{\"TransID\": \"1\"}", (received, waited, reachesListeners) -> Reception.ACCEPTED);
		deliver("no message", (received, waited, reachesListeners) -> Reception.ACCEPTED);
		reject();
		failToVerify();
		for (String message : messages()) {
			handle(stored(message));
		}
		handle(stored("{\"TransID\": \"1\"}"));
		handle("unreadable");
		assertThat(timers()).containsExactlyInAnyOrderElementsOf(before);
	}

	private void handle(String data) {
		for (K2EventStore store : List.of(K2EventStore.none(), DUPLICATE, UNAVAILABLE)) {
			handle(data, 1, store, (event) -> {
			});
		}
		Consumer<Object> failing = (event) -> {
			throw new IllegalArgumentException("The listener failed");
		};
		handle(data, 1, K2EventStore.none(), failing);
		handle(data, 2, K2EventStore.none(), failing);
	}

	private void handle(String data, int attempt, K2EventStore store, Consumer<Object> listener) {
		EventDispatcher dispatcher = new EventDispatcher(listener::accept, store, UnaryOperator.identity(), (event) -> {
		}, (account) -> account, this.observations);
		TaskTable table = new TaskTable(TestTables.of(TestTables.inH2()));
		K2Task task = new TestInbox(2, null).task(dispatcher, store, table, Delays.SYSTEM);
		try {
			task.execute(new TaskExecution("key", data, attempt - 1, 1));
		}
		catch (RuntimeException ex) {
			// the scheduler asks the task for the next attempt
		}
	}

	private static String stored(String message) {
		return new String(new JsonBody().put("account", "default")
			.put("kind", "any")
			.put("id", "1")
			.put("receivedAt", "2026-03-12T10:00:03Z")
			.put("body", Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)))
			.toBytes(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@EnumSource(names = { "DELIVERY", "HANDLING" })
	void everyOutcomeHasATimer(K2Meter meter) {
		timersAtStart(false).bindTo(this.meters);
		timersAtStart(true).bindTo(this.meters);
		assertThat(timers()).filteredOn((id) -> id.getName().equals(meter.asString()))
			.extracting((id) -> id.getTag(Tag.OUTCOME.asString()))
			.hasSameElementsAs(meter.outcomes().stream().map(Value::asString).toList());
	}

	@Test
	void everyReasonOfARejectionHasATimer() {
		timersAtStart(false).bindTo(this.meters);
		assertThat(timers()).extracting((id) -> id.getTag(Tag.REJECTION.asString()))
			.hasSameElementsAs(Tag.REJECTION.fixedValues().stream().map(Value::asString).toList());
	}

	@Test
	void registersTimersWithMeterRegistry() {
		WebApplicationContextRunner runner = new WebApplicationContextRunner()
			.withConfiguration(K2AutoConfigurations.with())
			.withPropertyValues("k2.api-key=" + KEY, "k2.store.type=none");
		runner.run((context) -> {
			context.getBean("k2WebhookTimers", ZeroTimers.class).bindTo(this.meters);
			assertThat(timers()).isNotEmpty()
				.noneMatch((id) -> "accepted".equals(id.getTag("k2.outcome")))
				.noneMatch((id) -> id.getName().equals("k2.webhook.handle"));
		});
		runner.withPropertyValues("k2.webhook.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("k2WebhookTimers"));
		runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(WebhookEndpoint.class));
	}

}
