package io.github.k2connect.benchmark.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Measurements of an application.
 */
@RestController
class Measurements {

	private final LongAdder received = new LongAdder();

	private final Map<String, Long> times = new ConcurrentHashMap<>();

	private final RoundTrips roundTrips;

	private final Duration listenerDuration;

	private final boolean recordsTimes;

	/**
	 * Create the measurements.
	 * @param roundTrips counts the round trips to the database
	 * @param listenerDuration how long a listener takes besides
	 * @param recordsTimes whether the time is recorded at which each webhook was handled
	 */
	Measurements(RoundTrips roundTrips, @Value("${benchmark.listener-duration:0ms}") Duration listenerDuration,
			@Value("${benchmark.record-times:false}") boolean recordsTimes) {
		this.roundTrips = roundTrips;
		this.listenerDuration = listenerDuration;
		this.recordsTimes = recordsTimes;
	}

	/**
	 * Count a webhook that was handled.
	 */
	void count() {
		this.received.increment();
	}

	/**
	 * Handle a webhook, and count it.
	 * @param id its id
	 */
	void handle(String id) {
		if (!this.listenerDuration.isZero()) {
			pause();
		}
		if (this.recordsTimes) {
			this.times.put(id, Webhooks.now());
		}
		count();
	}

	private void pause() {
		try {
			Thread.sleep(this.listenerDuration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@GetMapping("/times")
	Map<String, Long> times() {
		return this.times;
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
