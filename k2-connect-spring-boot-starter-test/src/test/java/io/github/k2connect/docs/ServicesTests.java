package io.github.k2connect.docs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.SendMoneyResult;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.sendmoney.SweepRequest;
import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the services of the library with a strict simulator.
 */
class ServicesTests {

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v2" })
	void sendsOnlyDocumentedRequests(String version) {
		try (K2Simulator simulator = K2Simulator.builder().strict().resultDelay(Duration.ofHours(1)).start();
				ConfigurableApplicationContext application = application(simulator, version)) {
			assertThatCode(() -> new Services().all(application)).doesNotThrowAnyException();
			assertThat(simulator.requests()).hasSizeGreaterThan(20);
		}
	}

	@Test
	void paymentLinkIsPendingUntilPaid() {
		try (K2Simulator slow = K2Simulator.builder().resultDelay(Duration.ofHours(1)).start();
				K2Simulator quick = K2Simulator.builder().resultDelay(Duration.ofMillis(1)).start()) {
			try (ConfigurableApplicationContext application = application(slow, "v2")) {
				PaymentLinkService links = application.getBean(PaymentLinkService.class);
				PaymentLinkResult active = links.getStatus(createLink(links));
				assertThat(active.isPending()).isTrue();
				assertThat(active.status()).isEqualTo("Processed");
			}
			try (ConfigurableApplicationContext application = application(quick, "v2")) {
				PaymentLinkService links = application.getBean(PaymentLinkService.class);
				K2Location location = createLink(links);
				await().until(() -> links.getStatus(location).isSuccessful());
				PaymentLinkResult paid = links.getStatus(location);
				assertThat(paid.status()).isEqualTo("Processed");
				assertThat(paid.amount()).isEqualByComparingTo("2200");
			}
		}
	}

	@Test
	void sweepIsSuccessful() {
		try (K2Simulator simulator = K2Simulator.builder().resultDelay(Duration.ofMillis(1)).start();
				ConfigurableApplicationContext application = application(simulator, "v2")) {
			SendMoneyService sendMoney = application.getBean(SendMoneyService.class);
			SendMoneyResult result = sendMoney.awaitResult(sendMoney.sweep(SweepRequest.builder().build()),
					Duration.ofSeconds(10));
			assertThat(result.isSuccessful()).isTrue();
			assertThat(result.destinations()).isEmpty();
			assertThat(result.transferBatches()).hasSize(1);
		}
	}

	private static K2Location createLink(PaymentLinkService links) {
		return links.createPaymentLink(PaymentLinkRequest.builder().tillNumber("K000000").amount(2200).build());
	}

	private static ConfigurableApplicationContext application(K2Simulator simulator, String version) {
		Map<String, Object> properties = new HashMap<>(simulator.properties());
		properties.put("k2.api-version", version);
		properties.put("k2.callback-url", "https://shop.example/k2/webhooks");
		properties.put("k2.webhook.enabled", "false");
		return new SpringApplicationBuilder(WithServices.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithServices {

	}

}
