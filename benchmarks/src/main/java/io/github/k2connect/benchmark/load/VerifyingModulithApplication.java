package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.k2connect.benchmark.message.ClonedMac;
import io.github.k2connect.benchmark.message.Message;
import io.github.k2connect.test.WebhookSigner;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * As {@link ModulithApplication}, but it verifies signatures, and its listener records
 * each event in its transaction and so recognizes duplicates. The record needs
 * PostgreSQL.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ RoundTrips.class, Measurements.class, VerifyingModulithApplication.Controller.class })
class VerifyingModulithApplication {

	public static void main(String[] args) throws IOException {
		ApplicationProcess.run(VerifyingModulithApplication.class, args);
	}

	@Bean
	Listener listener(JdbcClient jdbc, JsonMapper mapper, Measurements measurements) {
		jdbc.sql("CREATE TABLE handled (event_id VARCHAR(64) PRIMARY KEY)").update();
		return new Listener(jdbc, mapper, measurements);
	}

	@RestController
	static class Controller {

		private final ClonedMac mac = new ClonedMac(Message.API_KEY);

		private final ApplicationEventPublisher publisher;

		private final TransactionOperations transaction;

		Controller(ApplicationEventPublisher publisher, TransactionOperations transaction) {
			this.publisher = publisher;
			this.transaction = transaction;
		}

		@PostMapping(Webhooks.PATH)
		void receive(@RequestBody byte[] body, @RequestHeader(WebhookSigner.SIGNATURE_HEADER) String signature) {
			if (!this.mac.isValid(body, signature)) {
				throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
			}
			Received event = new Received(new String(body, StandardCharsets.UTF_8));
			this.transaction.executeWithoutResult((status) -> this.publisher.publishEvent(event));
		}

	}

	static class Listener {

		private final JdbcClient jdbc;

		private final JsonMapper mapper;

		private final Measurements measurements;

		Listener(JdbcClient jdbc, JsonMapper mapper, Measurements measurements) {
			this.jdbc = jdbc;
			this.mapper = mapper;
			this.measurements = measurements;
		}

		@ApplicationModuleListener
		public void on(Received event) {
			String id = this.mapper.readTree(event.body()).required("id").stringValue();
			if (this.jdbc.sql("INSERT INTO handled VALUES (?) ON CONFLICT DO NOTHING").param(id).update() == 1) {
				this.measurements.count();
			}
		}

	}

	record Received(String body) {

	}

}
