package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The same without the library: a controller that stores each body with Spring Modulith's
 * registry in a database, and a listener that is called after the commit. It neither
 * verifies signatures nor recognizes duplicates.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ RoundTrips.class, Measurements.class, ModulithApplication.Controller.class })
class ModulithApplication {

	public static void main(String[] args) throws IOException {
		ApplicationProcess.run(ModulithApplication.class, args);
	}

	@Bean
	Listener listener(Measurements measurements) {
		return new Listener(measurements);
	}

	@RestController
	static class Controller {

		private final ApplicationEventPublisher publisher;

		Controller(ApplicationEventPublisher publisher) {
			this.publisher = publisher;
		}

		@Transactional
		@PostMapping(Webhooks.PATH)
		public void receive(@RequestBody byte[] body) {
			this.publisher.publishEvent(new Received(new String(body, StandardCharsets.UTF_8)));
		}

	}

	static class Listener {

		private final Measurements measurements;

		Listener(Measurements measurements) {
			this.measurements = measurements;
		}

		@ApplicationModuleListener
		public void on(Received event) {
			this.measurements.count();
		}

	}

	record Received(String body) {

	}

}
