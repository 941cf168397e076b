package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The floor: a controller that hands each body to an executor, whose threads call the
 * listener. Nothing is stored.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ RoundTrips.class, Measurements.class, ExecutorApplication.Controller.class })
class ExecutorApplication {

	public static void main(String[] args) throws IOException {
		ApplicationProcess.run(ExecutorApplication.class, args);
	}

	@Bean(destroyMethod = "shutdown")
	ExecutorService listeners(@Value("${benchmark.threads}") int threads) {
		return Executors.newFixedThreadPool(threads);
	}

	@RestController
	static class Controller {

		private final ExecutorService listeners;

		private final Measurements measurements;

		Controller(ExecutorService listeners, Measurements measurements) {
			this.listeners = listeners;
			this.measurements = measurements;
		}

		@PostMapping(Webhooks.PATH)
		void receive(@RequestBody byte[] body) {
			this.listeners.execute(() -> this.measurements.handle(Webhooks.id(body)));
		}

	}

}
