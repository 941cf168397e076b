package io.github.k2connect.delivery;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * An application that sends its events to Kafka.
 */
@WebhookApplication
@Import(EventsToKafka.class)
@ImportAutoConfiguration
class BrokerApplication {

	public static void main(String[] args) {
		SpringApplication.run(BrokerApplication.class, args);
	}

}
