package io.github.k2connect.sample.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Configuration of a simulator of Kopo Kopo, at {@code k2.base-url}.
 */
@Configuration(proxyBeanMethods = false)
class SimulatorConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SimulatorConfiguration.class);

	@Bean
	K2Simulator k2Simulator(@Value("${k2.base-url}") URI baseUrl, @Value("${k2.client-id}") String clientId,
			@Value("${k2.client-secret}") String clientSecret, @Value("${k2.api-key}") String apiKey,
			@Value("${simulator.result-delay}") Duration resultDelay) {
		return K2Simulator.builder()
			.port(baseUrl.getPort())
			.clientId(clientId)
			.clientSecret(clientSecret)
			.apiKey(apiKey)
			.resultDelay(resultDelay)
			.start();
	}

	/**
	 * Listen for the port of the shop, to which also the messages go that are sent from
	 * the simulator's page, and log the addresses.
	 */
	@Bean
	ApplicationListener<ApplicationReadyEvent> addresses(K2Simulator simulator, SecurityProperties security) {
		return (event) -> {
			URI shop = URI.create("http://localhost:" + port(event));
			simulator.callbackOrigin(shop);
			logger.info("""


					Shop       {}
					Console    {}/console (user {}, password {})
					Simulator  {}
					""", shop, shop, security.getUser().getName(), security.getUser().getPassword(),
					simulator.baseUrl());
		};
	}

	private static int port(ApplicationReadyEvent event) {
		return event.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port", int.class);
	}

	/**
	 * Return the phone numbers for the page of a product.
	 * @return the phone numbers, each with its outcome
	 */
	@Bean
	PracticePhones practicePhones() {
		return new PracticePhones();
	}

	@ControllerAdvice
	static class PracticePhones {

		@ModelAttribute("simulatedPhones")
		List<Phone> simulatedPhones() {
			return List.of(phone(SimulatedPhoneNumber.PAYS, "Pays"),
					phone(SimulatedPhoneNumber.INSUFFICIENT_BALANCE, "Has not enough balance"),
					phone(SimulatedPhoneNumber.CANCELS, "Cancels the payment"),
					phone(SimulatedPhoneNumber.WRONG_PIN, "Enters a wrong PIN"),
					phone(SimulatedPhoneNumber.UNREACHABLE, "Is off"),
					phone(SimulatedPhoneNumber.BUSY, "Is busy with another payment"),
					phone(SimulatedPhoneNumber.NEVER_ANSWERS, "Never answers"));
		}

		private static Phone phone(String number, String outcome) {
			return new Phone(number.replaceFirst("\\+254(\\d{3})(\\d{3})(\\d{3})", "0$1 $2 $3"), outcome);
		}

	}

	/**
	 * A simulated phone.
	 *
	 * @param number its number
	 * @param outcome the outcome of a payment
	 */
	record Phone(String number, String outcome) {
	}

}
