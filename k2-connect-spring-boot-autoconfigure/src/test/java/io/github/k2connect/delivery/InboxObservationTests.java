package io.github.k2connect.delivery;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the meters and observations of the inbox.
 */
class InboxObservationTests {

	private static final String KIND = "buygoods_transaction_received";

	private final KopoKopo kopoKopo = new KopoKopo();

	private static @Nullable Timer timer(ConfigurableApplicationContext context, String name, String outcome) {
		return context.getBean(MeterRegistry.class).find(name).tag("k2.kind", KIND).tag("k2.outcome", outcome).timer();
	}

	private static void awaitCount(ConfigurableApplicationContext context, String name, String outcome, long count) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			Timer timer = timer(context, name, outcome);
			assertThat((timer != null) ? timer.count() : 0).as(name + " " + outcome).isEqualTo(count);
		});
	}

	@Test
	void observesEveryDeliveryAndAttempt() throws Exception {
		try (DatabaseServer database = Database.H2.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
						database
							.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, "--k2.webhook.mode=inbox",
									"--k2.webhook.inbox.first-delay=10ms", "--k2.webhook.inbox.max-attempts=3",
									"--k2.scheduler.polling-interval=50ms")
							.toArray(String[]::new))) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			this.kopoKopo.deliver(Message.webhook("good").write(), port);
			awaitCount(context, "k2.webhook.handle", "published", 1);
			this.kopoKopo.deliver(Message.webhook("good").write(), port);
			this.kopoKopo.deliver(Message.webhook("bad").write(), port);
			awaitCount(context, "k2.webhook.handle", "parked", 1);
			awaitCount(context, "k2.webhook.handle", "failed", 2);
			awaitCount(context, "k2.webhook", "accepted", 2);
			awaitCount(context, "k2.webhook", "duplicate", 1);
			Timer delay = context.getBean(MeterRegistry.class).get("k2.inbox.delay").tag("k2.kind", KIND).timer();
			assertThat(delay.count()).isOne();
			assertThat(delay.totalTime(TimeUnit.SECONDS)).isBetween(0.0, 30.0);
			assertThat(context.getBean(K2Inbox.class).parked()).hasSize(1);
		}
	}

	/**
	 * An instance with observations, whose listener fails for one event.
	 */
	@WebhookApplication
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		ObservationRegistry observationRegistry(MeterRegistry meterRegistry) {
			ObservationRegistry observations = ObservationRegistry.create();
			observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meterRegistry));
			return observations;
		}

		@EventListener
		void on(K2Event event) {
			if (event.id().equals("bad")) {
				throw new IllegalStateException("The listener failed");
			}
		}

	}

}
