package io.github.k2connect.benchmark.load;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Measurements of an application.
 */
@RestController
class Measurements {

	private final LongAdder received = new LongAdder();

	private final RoundTrips roundTrips;

	Measurements(RoundTrips roundTrips) {
		this.roundTrips = roundTrips;
	}

	/**
	 * Count a webhook that was handled.
	 */
	void count() {
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
