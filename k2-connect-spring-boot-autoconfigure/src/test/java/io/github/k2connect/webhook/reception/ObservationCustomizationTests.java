package io.github.k2connect.webhook.reception;

import java.nio.charset.StandardCharsets;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Endpoints;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tests for an application that changes the names and the keys of observations, as the
 * documentation shows it.
 */
class ObservationCustomizationTests {

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(ObservationAutoConfiguration.class))
		.withBean(TestObservationRegistry.class, () -> this.registry)
		.withUserConfiguration(Observability.class)
		.withPropertyValues("k2.api-key=k3y", "k2.store.type=memory");

	private void deliver(String key) {
		byte[] body = "{\"id\":\"event-1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8);
		this.runner.run((context) -> Endpoints.of(context).receive("default", body, Signatures.sign(key, body)));
	}

	@Test
	void renamesObservationAndAddsKeys() {
		deliver("k3y");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("payments.webhook")
			.hasLowCardinalityKeyValue("k2.outcome", "published")
			.hasLowCardinalityKeyValue("region", "nairobi")
			.hasHighCardinalityKeyValue("k2.event.id", "event-1");
	}

	@Test
	void hasNoEventOfForgedMessage() {
		deliver("forged");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("payments.webhook")
			.hasLowCardinalityKeyValue("k2.rejection", "forged")
			.doesNotHaveHighCardinalityKeyValueWithKey("k2.event.id");
	}

	@Configuration(proxyBeanMethods = false)
	static class Observability {

		@Bean
		PaymentsConvention paymentsConvention() {
			return new PaymentsConvention();
		}

		@Bean
		ObservationFilter eventId() {
			return (context) -> {
				K2Event event = context.get(K2Event.class);
				return (event != null) ? context.addHighCardinalityKeyValue(KeyValue.of("k2.event.id", event.id()))
						: context;
			};
		}

	}

	static class PaymentsConvention implements GlobalObservationConvention<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return "k2.webhook".equals(context.getName());
		}

		@Override
		public String getName() {
			return "payments.webhook";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
			return KeyValues.of("region", "nairobi");
		}

	}

}
