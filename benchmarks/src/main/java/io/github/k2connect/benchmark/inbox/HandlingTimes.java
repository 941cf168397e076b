package io.github.k2connect.benchmark.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Figure;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Round;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.load.ApplicationProcess;
import io.github.k2connect.benchmark.load.LoadGenerator;
import io.github.k2connect.benchmark.load.Webhooks;

/**
 * How soon the inbox has handled what it has received, against an executor with as many
 * threads, which stores nothing.
 *
 * @param inbox the properties of the application with the inbox
 */
record HandlingTimes(Map<String, String> inbox) {

	private static final int THREADS = 5;

	private static final int CONNECTIONS = 16;

	private static final int WARM_UP = 10;

	private static final int WARM_UP_REQUESTS = 6_000;

	private static final int BURST = 10_000;

	private static final Duration LISTENER = Duration.ofMillis(5);

	private static final int PACED = 2_000;

	private static final Duration PACE = Duration.ofMillis(10);

	private static final double MAX_MILLIS = 50;

	/**
	 * Measure how long it takes to handle many events that come at once.
	 */
	void measureBurst(int rounds, Consumer<Row> rows) throws Exception {
		List<Round> times = new ArrayList<>();
		compare(Map.of("benchmark.listener-duration", LISTENER.toMillis() + "ms"), rounds, BURST,
				(inbox, executor, webhooks) -> times.add(new Round(burst(inbox, webhooks), burst(executor, webhooks))));
		rows.accept(new Comparison(
				String.format(Locale.ROOT, "handle %,d events that come at once, with listeners of %d ms", BURST,
						LISTENER.toMillis()),
				"executor without a store, %d threads".formatted(THREADS), "ms", times, Goal.atMost(1.2)));
	}

	private static double burst(LoadGenerator generator, Webhooks webhooks) throws Exception {
		return generator.send(webhooks).handledNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	/**
	 * Measure how long after its answer an event is handled at a steady rate.
	 */
	void measureLatency(int rounds, Consumer<Row> rows) throws Exception {
		List<Round> times = new ArrayList<>();
		compare(Map.of("benchmark.record-times", "true"), rounds, PACED, (inbox, executor, webhooks) -> times
			.add(new Round(latency(inbox, webhooks), latency(executor, webhooks))));
		Comparison comparison = new Comparison(
				"time from the answer until 99 %% are handled, at %d events a second"
					.formatted(TimeUnit.SECONDS.toNanos(1) / PACE.toNanos()),
				"executor without a store, %d threads".formatted(THREADS), "ms", times, null);
		rows.accept(comparison);
		rows.accept(new Figure(comparison.what(), String.format(Locale.ROOT, "%.2f ms", comparison.measured()),
				"at most %.0f ms".formatted(MAX_MILLIS), comparison.measured() <= MAX_MILLIS));
	}

	private static double latency(LoadGenerator generator, Webhooks webhooks) throws Exception {
		List<Long> micros = generator.sendAtPace(webhooks, PACE);
		return Math.max(1, micros.get(micros.size() * 99 / 100)) / 1000.0;
	}

	private void compare(Map<String, String> properties, int rounds, int requests, Measurement measurement)
			throws Exception {
		Map<String, String> all = new HashMap<>(this.inbox);
		all.putAll(properties);
		all.put("k2.scheduler.threads", String.valueOf(THREADS));
		all.put("benchmark.threads", String.valueOf(THREADS));
		try (ApplicationProcess inbox = ApplicationProcess.start(all);
				ApplicationProcess executor = ApplicationProcess.startExecutor(all);
				LoadGenerator toInbox = new LoadGenerator(List.of(inbox), CONNECTIONS);
				LoadGenerator toExecutor = new LoadGenerator(List.of(executor), CONNECTIONS)) {
			toInbox.warmUp(WARM_UP_REQUESTS, WARM_UP);
			toExecutor.warmUp(WARM_UP_REQUESTS, WARM_UP);
			for (int i = 0; i < rounds; i++) {
				measurement.measure(toInbox, toExecutor, Webhooks.sign(requests));
			}
		}
	}

	@FunctionalInterface
	private interface Measurement {

		void measure(LoadGenerator inbox, LoadGenerator executor, Webhooks webhooks) throws Exception;

	}

}
