package io.github.k2connect.benchmark.load;

import java.io.IOException;

import io.github.k2connect.event.K2Event;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts the webhooks that reach its listener. Without the library, a controller at the
 * same path counts the bodies.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ RoundTrips.class, Measurements.class })
@RestController
class ReceivingApplication {

	private final Measurements measurements;

	ReceivingApplication(Measurements measurements) {
		this.measurements = measurements;
	}

	public static void main(String[] args) throws IOException {
		ApplicationProcess.run(ReceivingApplication.class, args);
	}

	@EventListener
	void receive(K2Event event) {
		this.measurements.handle(event.id());
	}

	@PostMapping(Webhooks.PATH)
	void receive(@RequestBody byte[] body) {
		this.measurements.count();
	}

}
