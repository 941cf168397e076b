package io.github.k2connect.delivery;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.k2connect.K2Location;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a fetched result in inbox mode.
 */
class FollowUpIntoInboxTests {

	@RegisterExtension
	static final WireMockKopoKopo kopoKopo = new WireMockKopoKopo();

	private static final String PATH = "/api/v1/incoming_payments";

	@Test
	void storesFetchedResultInInbox() throws Exception {
		try (DatabaseServer database = Database.H2.start()) {
			database.createEffects();
			kopoKopo.stubFor(WireMock.post(PATH)
				.willReturn(WireMock.created().withHeader("Location", kopoKopo.baseUrl() + PATH + "/p1")));
			kopoKopo.stubFor(WireMock.get(PATH + "/p1").willReturn(WireMock.okJson("""
					{"data": {"id": "p1", "type": "incoming_payment", "attributes": {"status": "Success"}}}""")));
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(FollowUpApplication.class,
					Observations.class)
				.run(database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, "--k2.client-id=id",
						"--k2.client-secret=secret", "--k2.base-url=" + kopoKopo.baseUrl(), "--k2.webhook.mode=inbox",
						"--k2.follow-up.enabled=true", "--k2.webhook.inbox.first-delay=10ms",
						"--k2.follow-up.first-check=100ms", "--k2.scheduler.polling-interval=50ms")
					.toArray(String[]::new))) {
				FollowUpApplication application = context.getBean(FollowUpApplication.class);
				application.failures.set(2);
				K2Location location = application.push();
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> !database.effects().isEmpty() && database.count("k2_task") == 0);
				assertThat(database.effects()).containsExactly(location.id() + " Success");
				assertThat(kopoKopo.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo(PATH + "/p1")))).hasSize(1);
				assertThat(context.getBean(TestObservationRegistry.class)).hasObservationWithNameEqualTo("k2.follow-up")
					.that()
					.hasLowCardinalityKeyValue("k2.account", "default")
					.hasLowCardinalityKeyValue("k2.kind", "incoming_payment")
					.hasLowCardinalityKeyValue("k2.outcome", "resolved");
			}
		}
	}

	/**
	 * Observes.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Observations {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

	}

}
