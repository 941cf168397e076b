package io.github.k2connect.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Round;
import org.jspecify.annotations.Nullable;

/**
 * Two applications that are sent the same webhooks, one after the other in every round.
 *
 * @param what what the library does
 * @param baseline what it is compared with
 * @param measured starts the application that is measured
 * @param other starts the application that it is compared with
 */
public record LoadComparison(String what, String baseline, Callable<ApplicationProcess> measured,
		Callable<ApplicationProcess> other) {

	private static final int CONNECTIONS = 16;

	/**
	 * Compare the library with itself.
	 * @param what what the library does
	 * @param baseline what it is compared with
	 * @param measured the properties of the application that is measured
	 * @param other the properties of the application that it is compared with
	 */
	public LoadComparison(String what, String baseline, Map<String, String> measured, Map<String, String> other) {
		this(what, baseline, () -> ApplicationProcess.start(measured), () -> ApplicationProcess.start(other));
	}

	/**
	 * Measure the requests a second, the events handled a second, and the processor time
	 * that the application takes for one.
	 * @param requests how many requests are sent in a round
	 * @param warmUp how long each application is warmed up, in seconds
	 * @param rounds how many rounds are measured; an even number is fair, because the
	 * applications take turns to be first
	 * @param goal the goal of the rates, or {@code null} if there is none, also for the
	 * processor time
	 * @return the comparisons, in this order
	 * @throws Exception if an application does not answer, or loses a webhook
	 */
	public List<Comparison> measure(int requests, int warmUp, int rounds, @Nullable Goal goal) throws Exception {
		List<Round> answered = new ArrayList<>();
		List<Round> handled = new ArrayList<>();
		List<Round> times = new ArrayList<>();
		try (ApplicationProcess library = this.measured.call();
				ApplicationProcess other = this.other.call();
				LoadGenerator toLibrary = new LoadGenerator(List.of(library), CONNECTIONS);
				LoadGenerator toOther = new LoadGenerator(List.of(other), CONNECTIONS)) {
			toLibrary.warmUp(requests, warmUp);
			toOther.warmUp(requests, warmUp);
			for (int i = 0; i < rounds; i++) {
				Webhooks webhooks = Webhooks.sign(requests);
				Load load;
				Load otherLoad;
				if (i % 2 == 0) {
					load = toLibrary.send(webhooks);
					otherLoad = toOther.send(webhooks);
				}
				else {
					otherLoad = toOther.send(webhooks);
					load = toLibrary.send(webhooks);
				}
				answered.add(new Round(load.answeredPerSecond(), otherLoad.answeredPerSecond()));
				handled.add(new Round(load.handledPerSecond(), otherLoad.handledPerSecond()));
				times.add(new Round(load.processorMicros(), otherLoad.processorMicros()));
			}
		}
		return List.of(new Comparison(this.what, this.baseline, "1/s", answered, goal),
				new Comparison(this.what + " and handle it", this.baseline, "1/s", handled, goal),
				new Comparison(this.what + ", processor time of the application", this.baseline, "µs", times,
						(goal != null) ? Goal.atMost(1.1) : null));
	}

}
