package io.github.k2connect.sample.simulator;

import java.net.URI;
import java.util.List;

import io.github.k2connect.Scope;
import io.github.k2connect.sample.simulator.SimulatedPhones.Phone;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import io.github.k2connect.webhook.WebhookTopic;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;

/**
 * Configuration of a simulator of Kopo Kopo, at the shop's {@code k2.base-url}. It is not
 * used with the profile {@code kopokopo}, or if a test has its own simulator.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!kopokopo")
class SimulatorConfiguration {

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	K2Simulator k2Simulator(@Value("${k2.base-url}") URI baseUrl, @Value("${k2.client-id}") String clientId,
			@Value("${k2.client-secret}") String clientSecret, @Value("${k2.api-key}") String apiKey,
			SimulatorProperties properties) {
		return K2Simulator.builder()
			.port(baseUrl.getPort())
			.clientId(clientId)
			.clientSecret(clientSecret)
			.apiKey(apiKey)
			.resultDelay(properties.resultDelay())
			.start();
	}

	@Bean
	SimulatedPhones simulatedPhones() {
		return new SimulatedPhones(List.of(phone(SimulatedPhoneNumber.PAYS, "Pays"),
				phone(SimulatedPhoneNumber.INSUFFICIENT_BALANCE, "Has not enough balance"),
				phone(SimulatedPhoneNumber.CANCELS, "Cancels the payment"),
				phone(SimulatedPhoneNumber.WRONG_PIN, "Enters a wrong PIN"),
				phone(SimulatedPhoneNumber.UNREACHABLE, "Is off"),
				phone(SimulatedPhoneNumber.BUSY, "Is busy with another payment"),
				phone(SimulatedPhoneNumber.NEVER_ANSWERS, "Never answers")));
	}

	/**
	 * Subscribe to the payments of the till at each start, because the simulator forgets
	 * its subscriptions. At the real Kopo Kopo, subscribe only once.
	 * @param webhookService the webhook service
	 * @param tillNumber the number of the till
	 * @return the listener that subscribes
	 */
	@Bean
	ApplicationListener<ApplicationReadyEvent> tillSubscription(WebhookService webhookService,
			@Value("${shop.till-number}") String tillNumber) {
		return (event) -> webhookService.subscribe(WebhookSubscriptionRequest.builder()
			.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
			.scope(Scope.TILL)
			.scopeReference(tillNumber)
			.build());
	}

	private static Phone phone(String number, String outcome) {
		return new Phone(number.replaceFirst("\\+254(\\d{3})(\\d{3})(\\d{3})", "0$1 $2 $3"), outcome);
	}

}
