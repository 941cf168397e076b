package io.github.k2connect.webhook.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.event.DetectedSample;
import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.TillPayment;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Endpoints;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.ResourcelessTransactionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for asynchronous listeners.
 */
@ExtendWith(OutputCaptureExtension.class)
class AsynchronousListenerTests {

	private static final byte[] BODY = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=an-api-key", "k2.store.type=memory");

	private static HttpStatus deliver(ApplicationContext context) {
		return HttpStatus.valueOf(Endpoints.of(context).receive("default", BODY, Signatures.sign("an-api-key", BODY)));
	}

	@ParameterizedTest
	@ValueSource(classes = { Stages.class, Futures.class, Monos.class, ColdMonos.class, Fluxes.class, Several.class,
			Arrays.class, Untyped.class, Payloads.class, Everything.class, ClassesOnly.class, Conditional.class,
			Generic.class, Default.class, AsyncFutures.class, JdkProxied.class })
	void redeliversUntilListenerSucceeds(Class<?> type) {
		this.application.withUserConfiguration(type, Results.class).run((context) -> {
			Listener listener = Listener.LAST.get();
			listener.failing.set(true);
			assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			listener.failing.set(false);
			assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
			assertThat(listener.done).containsExactly("1");
			assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
			assertThat(listener.done).containsExactly("1");
			assertThat(context.getBean(Results.class).results).containsExactly("booked 1");
		});
	}

	@Test
	void waitsForListenerOfPayments() {
		byte[] body = "{\"topic\": \"buygoods_transaction_received\", \"id\": \"1\"}".getBytes(StandardCharsets.UTF_8);
		this.application.withUserConfiguration(Payments.class).run((context) -> {
			context.getBean(Payments.class).failing.set(true);
			assertThat(Endpoints.of(context).receive("default", body, Signatures.sign("an-api-key", body)))
				.isEqualTo(500);
		});
	}

	private static Stream<K2DetectedEvent> detectedEvents() {
		return DetectedSample.events();
	}

	@ParameterizedTest
	@MethodSource("detectedEvents")
	void waitsForListenerOfDetectedEvents(K2DetectedEvent event) {
		this.application.withUserConfiguration(Detected.class, Results.class).run((context) -> {
			Detected listener = context.getBean(Detected.class);
			ListenerPublisher publisher = context.getBean(ListenerPublisher.class);
			listener.failing.set(true);
			assertThatIllegalStateException().isThrownBy(() -> publisher.publish(event))
				.withMessage("The database is away");
			listener.failing.set(false);
			publisher.publish(event);
			assertThat(listener.done).containsExactly(event.id());
			assertThat(context.getBean(Results.class).results).containsExactly("booked " + event.id());
		});
	}

	@Test
	void waitsForListenerOfTransactionDetails() {
		byte[] body = "{\"topic\": \"buygoods_transaction_reversed\", \"id\": \"1\"}".getBytes(StandardCharsets.UTF_8);
		this.application.withUserConfiguration(Details.class).run((context) -> {
			context.getBean(Details.class).failing.set(true);
			assertThat(Endpoints.of(context).receive("default", body, Signatures.sign("an-api-key", body)))
				.isEqualTo(500);
		});
	}

	@Test
	void doesNotSkipAfterCommitListenerWithoutTransaction(CapturedOutput output) {
		this.application.withUserConfiguration(AfterCommit.class).run((context) -> {
			assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(output).contains("AfterCommit.on", "none is primary");
		});
	}

	@Test
	void runsAfterCommitListenerInTransaction() {
		PlatformTransactionManager transactionManager = new ResourcelessTransactionManager();
		this.application.withBean(PlatformTransactionManager.class, () -> transactionManager)
			.withUserConfiguration(AfterCommit.class)
			.run((context) -> {
				assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
				assertThat(context.getBean(AfterCommit.class).done).containsExactly("1");
			});
	}

	@Test
	void skipsAfterCommitListenerForEventsOfApplication() {
		this.application.withUserConfiguration(AfterCommit.class).run((context) -> {
			context.publishEvent(ReceivedEvent.decode(BODY, K2Event.DEFAULT_ACCOUNT).event());
			assertThat(context.getBean(AfterCommit.class).done).isEmpty();
		});
	}

	@Test
	void worksWithoutReactiveTypes() {
		this.application.withClassLoader(new FilteredClassLoader("reactor", "org.reactivestreams"))
			.withUserConfiguration(Stages.class)
			.run((context) -> {
				context.getBean(Stages.class).failing.set(true);
				assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			});
	}

	@Test
	void logsOriginalFailureOfListener(CapturedOutput output) {
		this.application.withUserConfiguration(Stages.class).run((context) -> {
			context.getBean(Stages.class).failing.set(true);
			deliver(context);
			assertThat(output).contains("could not be handled")
				.contains("IllegalStateException: The database is away")
				.doesNotContain("ExecutionException", "CompletionException");
		});
	}

	@Test
	void hidesCustomerInLogWhenListenerThrowsCheckedException(CapturedOutput output) {
		byte[] body = """
				{"topic": "customer_created", "id": "1", "event": {"resource": {"phone_number": "+254712345678"}}}"""
			.getBytes(StandardCharsets.UTF_8);
		this.application.withUserConfiguration(Checked.class).run((context) -> {
			assertThat(Endpoints.of(context).receive("default", body, Signatures.sign("an-api-key", body)))
				.isEqualTo(500);
			assertThat(output).contains("IOException: The disk is full").doesNotContain("254712345678");
		});
	}

	@Test
	void acceptsFutureWithoutValue() {
		this.application.withUserConfiguration(Nothing.class)
			.run((context) -> assertThat(deliver(context)).isEqualTo(HttpStatus.OK));
	}

	/**
	 * Like R2DBC, the listener has a connection of its own.
	 */
	@Test
	void keepsChangesOfReactiveListenerWhoseEventIsNotRecorded() {
		this.application
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withPropertyValues("k2.store.type=jdbc", "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())
			.withUserConfiguration(ReactiveBook.class)
			.run((context) -> {
				JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
				jdbc.sql("CREATE TABLE booking (id VARCHAR(40))").update();
				ReactiveBook listener = context.getBean(ReactiveBook.class);
				listener.failing.set(true);
				assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
				assertThat(jdbc.sql("SELECT id FROM booking").query(String.class).list()).containsExactly("1");
				assertThat(jdbc.sql("SELECT event_id FROM k2_event").query(String.class).list()).isEmpty();
				listener.failing.set(false);
				assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
				assertThat(jdbc.sql("SELECT id FROM booking").query(String.class).list()).containsExactly("1", "1");
				assertThat(jdbc.sql("SELECT event_id FROM k2_event").query(String.class).list()).containsExactly("1");
			});
	}

	@Test
	void treatsCancelledFutureAsFailure() {
		this.application.withUserConfiguration(Cancelled.class)
			.run((context) -> assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR));
	}

	@Test
	void limitsTimeOfAllListenersTogether(CapturedOutput output) {
		this.application.withUserConfiguration(ShortLimit.class, Never.class).run((context) -> {
			long start = System.nanoTime();
			assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(400),
					Duration.ofSeconds(15));
			assertThat(output).contains("Never.second", "did not finish in time");
			assertThat(context.getBean(Never.class).cancelled.get()).isTrue();
		});
	}

	@Test
	void timesOutBeforeSender() {
		assertThat(K2EventListenerFactory.TIMEOUT).isLessThanOrEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void keepsOrderOfListeners() {
		this.application.withUserConfiguration(Ordered.class).run((context) -> {
			assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
			assertThat(context.getBean(Ordered.class).done).containsExactly("first", "second", "third");
		});
	}

	@Test
	void skipsListenerWhoseConditionIsFalse() {
		this.application.withUserConfiguration(ConditionDoesNotHold.class).run((context) -> {
			assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
			assertThat(context.getBean(ConditionDoesNotHold.class).done).isEmpty();
		});
	}

	@Test
	void doesNotWaitForEventsOfApplication() {
		this.application.withUserConfiguration(Everything.class).run((context) -> {
			Everything listener = context.getBean(Everything.class);
			listener.failing.set(true);
			context.publishEvent("an event of the application");
			assertThat(listener.others).contains("an event of the application");
		});
	}

	@Test
	void worksWithLazyInitialization() {
		this.application
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(Monos.class)
			.run((context) -> {
				context.getBean(Monos.class).failing.set(true);
				assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			});
	}

	@Test
	void warnsAtStartOfListenerThatCannotBeAwaited(CapturedOutput output) {
		this.application.withUserConfiguration(AsyncVoid.class)
			.run((context) -> assertThat(output).containsOnlyOnce("is @Async")
				.contains("Listener " + AsyncVoid.class.getName() + ".on of bean '", "@ApplicationModuleListener"));
	}

	@Test
	void doesNotWarnOfAsyncAnnotationWithoutEffect(CapturedOutput output) {
		this.application.withUserConfiguration(AsyncNotEnabled.class)
			.run((context) -> assertThat(output).doesNotContain("AsyncNotEnabled.on of bean"));
		this.application.withUserConfiguration(AsyncFutures.class)
			.run((context) -> assertThat(output).doesNotContain("AsyncFutures.on of bean"));
	}

	abstract static class Listener {

		/**
		 * The last one that was made, which may be behind a proxy.
		 */
		static final AtomicReference<Listener> LAST = new AtomicReference<>();

		final AtomicBoolean failing = new AtomicBoolean();

		final List<String> done = new CopyOnWriteArrayList<>();

		@SuppressWarnings("this-escape")
		Listener() {
			LAST.set(this);
		}

		String book(K2Event event) {
			if (this.failing.get()) {
				throw new IllegalStateException("The database is away");
			}
			this.done.add(event.id());
			return "booked " + event.id();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Results {

		final List<String> results = new CopyOnWriteArrayList<>();

		@EventListener
		void on(Booked result) {
			this.results.add(result.text());
		}

	}

	record Booked(String text) {

	}

	static class Stages extends Listener {

		@EventListener
		CompletionStage<Booked> on(CustomerCreated event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	static class Futures extends Listener {

		@EventListener
		Future<List<Booked>> on(K2WebhookEvent event) {
			FutureTask<List<Booked>> task = new FutureTask<>(() -> List.of(new Booked(book(event))));
			LATER.execute(task);
			return task;
		}

	}

	static class Monos extends Listener {

		@EventListener
		Mono<Booked> on(K2Event event) {
			return Mono.delay(Duration.ofMillis(50)).map((tick) -> new Booked(book(event)));
		}

	}

	static class ColdMonos extends Listener {

		@EventListener
		Mono<Booked> on(K2Event event) {
			return Mono.fromCallable(() -> new Booked(book(event))).subscribeOn(Schedulers.boundedElastic());
		}

	}

	static class ReactiveBook {

		private final AtomicBoolean failing = new AtomicBoolean();

		private final DataSource dataSource;

		ReactiveBook(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		@Order(1)
		@EventListener
		Mono<Integer> on(CustomerCreated event) {
			return Mono
				.fromCallable(() -> JdbcClient.create(this.dataSource)
					.sql("INSERT INTO booking VALUES (?)")
					.param(event.id())
					.update())
				.subscribeOn(Schedulers.boundedElastic());
		}

		@Order(2)
		@EventListener
		void last(CustomerCreated event) {
			if (this.failing.get()) {
				throw new IllegalStateException("The next listener failed");
			}
		}

	}

	static class Fluxes extends Listener {

		@EventListener
		Flux<Object> on(K2Event event) {
			return Flux.concat(Mono.just("something"), Mono.fromCallable(() -> new Booked(book(event))));
		}

	}

	static class Several extends Listener {

		@EventListener
		List<CompletableFuture<Booked>> on(K2Event event) {
			return List.of(CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER));
		}

	}

	static class Arrays extends Listener {

		@EventListener
		Object[] on(K2Event event) {
			return new Object[] { "something", CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER) };
		}

	}

	@EnableTransactionManagement
	@Configuration(proxyBeanMethods = false)
	static class AfterCommit extends Listener {

		@TransactionalEventListener
		void on(K2Event event) {
			book(event);
		}

	}

	static class Payments extends Listener {

		@EventListener
		CompletableFuture<Booked> on(TillPayment payment) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(payment)), LATER);
		}

	}

	static class Details extends Listener {

		@EventListener
		CompletableFuture<Booked> on(TillTransactionDetails details) {
			return CompletableFuture.supplyAsync(() -> new Booked(book((K2Event) details)), LATER);
		}

	}

	static class Detected extends Listener {

		@EventListener
		CompletableFuture<Booked> on(K2DetectedEvent event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	static class Untyped extends Listener {

		@SuppressWarnings("FutureReturnValueIgnored") // what is tested
		@EventListener
		Object on(K2Event event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	static class Payloads extends Listener {

		@EventListener
		CompletableFuture<Booked> on(PayloadApplicationEvent<CustomerCreated> event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event.getPayload())), LATER);
		}

	}

	static class Everything extends Listener {

		final List<Object> others = new CopyOnWriteArrayList<>();

		@EventListener
		@Nullable CompletableFuture<Booked> on(Object event) {
			if (event instanceof K2Event k2Event) {
				return CompletableFuture.supplyAsync(() -> new Booked(book(k2Event)), LATER);
			}
			this.others.add(event);
			return this.failing.get() ? CompletableFuture.failedFuture(new IllegalStateException("Not a delivery"))
					: null;
		}

	}

	static class ClassesOnly extends Listener {

		@EventListener(CustomerCreated.class)
		CompletableFuture<Booked> on() {
			return CompletableFuture.supplyAsync(() -> {
				if (this.failing.get()) {
					throw new IllegalStateException("The database is away");
				}
				this.done.add("1");
				return new Booked("booked 1");
			}, LATER);
		}

	}

	static class Conditional extends Listener {

		@EventListener(condition = "#event.id == '1'")
		CompletableFuture<Booked> on(K2Event event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	abstract static class Template<E extends K2Event> extends Listener {

		@EventListener
		CompletableFuture<Booked> on(E event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	static class Generic extends Template<CustomerCreated> {

	}

	interface Contract {

		@EventListener
		default CompletableFuture<Booked> on(CustomerCreated event) {
			return CompletableFuture.supplyAsync(() -> new Booked(((Listener) this).book(event)), LATER);
		}

	}

	static class Default extends Listener implements Contract {

	}

	@EnableAsync(proxyTargetClass = true)
	static class AsyncFutures extends Listener {

		@Async
		@EventListener
		public CompletableFuture<Booked> on(K2Event event) {
			return CompletableFuture.completedFuture(new Booked(book(event)));
		}

	}

	interface Bookkeeper {

		CompletableFuture<Booked> on(CustomerCreated event);

	}

	static class ProxiedBookkeeper extends Listener implements Bookkeeper {

		@Override
		@Async
		@EventListener
		public CompletableFuture<Booked> on(CustomerCreated event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class JdkProxied {

		@Bean
		Bookkeeper bookkeeper() {
			return new ProxiedBookkeeper();
		}

	}

	static class Nothing {

		@EventListener
		CompletableFuture<Void> on(K2Event event) {
			return CompletableFuture.completedFuture(null);
		}

	}

	static class Checked {

		@EventListener
		void on(K2Event event) throws IOException {
			throw new IOException("The disk is full");
		}

	}

	static class Cancelled {

		@EventListener
		CompletableFuture<Void> on(K2Event event) {
			CompletableFuture<Void> future = new CompletableFuture<>();
			future.cancel(true);
			return future;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ShortLimit {

		@Bean
		static K2EventListenerFactory shortLimit() {
			return new K2EventListenerFactory(Duration.ofMillis(500));
		}

	}

	static class Never {

		final AtomicBoolean cancelled = new AtomicBoolean();

		@Order(1)
		@EventListener
		Mono<Void> first(K2Event event) {
			return Mono.delay(Duration.ofMillis(300)).then();
		}

		@Order(2)
		@EventListener
		Mono<Void> second(K2Event event) {
			return Mono.<Void>never().doOnCancel(() -> this.cancelled.set(true));
		}

	}

	static class Ordered extends Listener {

		@Order(3)
		@EventListener
		void third(K2Event event) {
			this.done.add("third");
		}

		@Order(1)
		@EventListener
		Mono<Void> first(K2Event event) {
			return Mono.delay(Duration.ofMillis(50)).doOnNext((tick) -> this.done.add("first")).then();
		}

		@Order(2)
		@EventListener
		CompletableFuture<Void> second(K2Event event) {
			return CompletableFuture.runAsync(() -> this.done.add("second"), LATER);
		}

	}

	static class ConditionDoesNotHold extends Listener {

		@EventListener(condition = "#event.id == '2'")
		CompletableFuture<Booked> on(K2Event event) {
			return CompletableFuture.supplyAsync(() -> new Booked(book(event)), LATER);
		}

	}

	@EnableAsync(proxyTargetClass = true)
	static class AsyncVoid {

		@Async
		@EventListener
		public void on(K2Event event) {
		}

	}

	static class AsyncNotEnabled {

		@Async
		@EventListener
		public void on(K2Event event) {
		}

	}

}
