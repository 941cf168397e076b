package io.github.k2connect.webhook.listener;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.event.DetectedSample;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Endpoints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.http.HttpStatus;
import org.springframework.util.ErrorHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for applications with an {@link ApplicationEventMulticaster} of their own.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventMulticasterTests {

	private static final byte[] BODY = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final String WARNING = "It does not wait for listeners of all events";

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.api-key=an-api-key", "k2.store.type=memory")
		.withUserConfiguration(Shop.class);

	private WebApplicationContextRunner with(@Nullable Executor executor, @Nullable ErrorHandler errorHandler) {
		return with(new SimpleApplicationEventMulticaster(), executor, errorHandler);
	}

	private WebApplicationContextRunner with(SimpleApplicationEventMulticaster multicaster, @Nullable Executor executor,
			@Nullable ErrorHandler errorHandler) {
		multicaster.setTaskExecutor(executor);
		multicaster.setErrorHandler(errorHandler);
		return this.application.withBean("applicationEventMulticaster", ApplicationEventMulticaster.class,
				() -> multicaster);
	}

	private static HttpStatus deliver(ApplicationContext context) {
		return HttpStatus.valueOf(Endpoints.of(context).receive("default", BODY, Signatures.sign("an-api-key", BODY)));
	}

	@Test
	void runsListenersInDeliveryDespiteExecutor(CapturedOutput output) {
		with(new SimpleAsyncTaskExecutor("other-"), null).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			assertThat(output).containsOnlyOnce(WARNING);
			shop.failure = new IllegalStateException("The database is away");
			assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			shop.failure = null;
			assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
			assertThat(shop.threads).containsExactly(Thread.currentThread(), Thread.currentThread());
		});
	}

	@Test
	void reportsFailureToDeliveryDespiteErrorHandler(CapturedOutput output) {
		AtomicReference<@Nullable Throwable> handled = new AtomicReference<>();
		with(null, handled::set).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			assertThat(output).containsOnlyOnce(WARNING);
			for (Throwable failure : List.of(new IllegalStateException("away"), new NoClassDefFoundError("Missing"))) {
				shop.failure = failure;
				assertThat(deliver(context)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
				assertThat(handled.get()).isSameAs(failure);
			}
			shop.failure = null;
			assertThat(deliver(context)).isEqualTo(HttpStatus.OK);
		});
	}

	@Test
	void runsListenersOfDetectedEventsInDeliveryDespiteExecutorAndErrorHandler() {
		with(new SimpleAsyncTaskExecutor("other-"), (failure) -> {
		}).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			ListenerPublisher publisher = context.getBean(ListenerPublisher.class);
			DetectedSample.events().forEach((event) -> {
				shop.threads.clear();
				shop.failure = new IllegalStateException("The database is away");
				assertThatIllegalStateException().isThrownBy(() -> publisher.publish(event))
					.withMessage("The database is away");
				shop.failure = null;
				publisher.publish(event);
				assertThat(shop.threads).containsExactly(Thread.currentThread(), Thread.currentThread());
			});
		});
	}

	@Test
	void rejectsMulticasterThatRunsEveryListenerElsewhere() {
		SimpleApplicationEventMulticaster elsewhere = new SimpleApplicationEventMulticaster() {

			private final Executor executor = new SimpleAsyncTaskExecutor("elsewhere-");

			@Override
			public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType eventType) {
				this.executor.execute(() -> super.multicastEvent(event, eventType));
			}

		};
		with(elsewhere, null, null).run((context) -> {
			Throwable failure = Objects.requireNonNull(context.getStartupFailure());
			assertThat(failure).hasMessageStartingWith("The bean 'applicationEventMulticaster' runs every listener");
		});
	}

	@Test
	void doesNotWarnOfMulticasterThatReportsFailures(CapturedOutput output) {
		with(new SyncTaskExecutor(), (failure) -> {
			throw new IllegalStateException(failure);
		}).run((context) -> assertThat(context).hasNotFailed());
		with(null, null).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(Shop.class).everything)
				.noneMatch((event) -> event.getClass().getName().contains("k2connect"));
		});
		assertThat(output).doesNotContain(WARNING);
	}

	static class Shop {

		final List<Thread> threads = new CopyOnWriteArrayList<>();

		final List<Object> everything = new CopyOnWriteArrayList<>();

		volatile @Nullable Throwable failure;

		@EventListener
		void on(K2Event event) throws Throwable {
			this.threads.add(Thread.currentThread());
			if (this.failure != null) {
				throw this.failure;
			}
		}

		@EventListener
		void onEverything(Object event) {
			this.everything.add(event);
		}

	}

}
