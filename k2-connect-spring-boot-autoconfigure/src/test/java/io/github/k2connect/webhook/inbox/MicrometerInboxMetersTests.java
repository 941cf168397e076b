package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MicrometerInboxMeters}.
 */
class MicrometerInboxMetersTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final InboxMeters meters = new MicrometerInboxMeters(this.beans.getBeanProvider(MeterRegistry.class));

	@Test
	void recordsDelayOfHandledEvents() {
		this.beans.addBean("registry", this.registry);
		this.meters.handled("customer_created", Duration.ofSeconds(2));
		this.meters.handled("customer_created", Duration.ofSeconds(3));
		assertThat(this.registry.get("k2.inbox.delay").tag("k2.kind", "customer_created").timer())
			.satisfies((timer) -> {
				assertThat(timer.count()).isEqualTo(2);
				assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(5);
			});
	}

	@Test
	void countsSlowAttempts() {
		this.beans.addBean("registry", this.registry);
		this.meters.slow("customer_created");
		this.meters.slow("customer_created");
		assertThat(this.registry.get("k2.inbox.slow").tag("k2.kind", "customer_created").counter().count())
			.isEqualTo(2);
	}

	@Test
	void registersMetersOfAllKindsAtStartup() {
		new MicrometerInboxMeters(this.beans.getBeanProvider(MeterRegistry.class)).bindTo(this.registry);
		for (String kind : new String[] { "customer_created", "incoming_payment", "missed_till_payment",
				"unresolved_request", "unknown" }) {
			assertThat(this.registry.get("k2.inbox.delay").tag("k2.kind", kind).timer().count()).isZero();
			assertThat(this.registry.get("k2.inbox.slow").tag("k2.kind", kind).counter().count()).isZero();
		}
	}

	@Test
	void looksForRegistryOnce() {
		this.beans.addBean("registry", this.registry);
		this.meters.handled("customer_created", Duration.ofSeconds(2));
		this.beans.addBean("other", new SimpleMeterRegistry());
		this.meters.handled("customer_created", Duration.ofSeconds(3));
		assertThat(this.registry.get("k2.inbox.delay").tag("k2.kind", "customer_created").timer().count()).isEqualTo(2);
	}

	@Test
	void recordsNothingWithoutRegistry() {
		this.meters.handled("customer_created", Duration.ofSeconds(2));
		this.meters.slow("customer_created");
		assertThat(this.registry.getMeters()).isEmpty();
	}

}
