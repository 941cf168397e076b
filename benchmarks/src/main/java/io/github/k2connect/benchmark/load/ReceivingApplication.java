package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.github.k2connect.event.K2Event;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts the webhooks that reach its listener. Without the library, a controller at the
 * same path counts the bodies.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(RoundTrips.class)
@RestController
class ReceivingApplication {

	private final LongAdder received = new LongAdder();

	private final RoundTrips roundTrips;

	ReceivingApplication(RoundTrips roundTrips) {
		this.roundTrips = roundTrips;
	}

	/**
	 * Run until the standard input ends, which is when the parent process ends too.
	 */
	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(ReceivingApplication.class, args)) {
			System.out.println(ApplicationProcess.PORT + context.getEnvironment().getProperty("local.server.port"));
			while (System.in.read() >= 0) {
				// nothing is said
			}
		}
	}

	@EventListener
	void receive(K2Event event) {
		this.received.increment();
	}

	@PostMapping(Webhooks.PATH)
	void receive(@RequestBody byte[] body) {
		this.received.increment();
	}

	@GetMapping("/received")
	long received() {
		return this.received.sum();
	}

	@GetMapping("/round-trips")
	Map<String, Long> roundTrips() {
		return this.roundTrips.counts();
	}

	@GetMapping("/heap")
	long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
