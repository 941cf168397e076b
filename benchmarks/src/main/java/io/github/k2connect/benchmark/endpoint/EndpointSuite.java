package io.github.k2connect.benchmark.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Round;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.ApplicationProcess;
import io.github.k2connect.benchmark.load.LoadGenerator;
import io.github.k2connect.benchmark.load.LoadGenerator.Load;
import io.github.k2connect.benchmark.load.Webhooks;

import org.springframework.util.Assert;

/**
 * How many webhooks the endpoint takes in a second, against a controller that takes the
 * body and does nothing with it.
 */
public final class EndpointSuite implements Suite {

	private static final int CONNECTIONS = 16;

	private static final int WARM_UP = 15;

	private static final int ROUNDS = 11;

	private static final int REQUESTS = 20_000;

	@Override
	public String name() {
		return "endpoint";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		try (ApplicationProcess library = ApplicationProcess.start(Map.of("k2.webhook.store", "none"));
				ApplicationProcess bare = ApplicationProcess.start(Map.of("k2.enabled", "false"));
				LoadGenerator toLibrary = new LoadGenerator(library, CONNECTIONS);
				LoadGenerator toBare = new LoadGenerator(bare, CONNECTIONS)) {
			List<Round> rates = new ArrayList<>();
			List<Round> times = new ArrayList<>();
			for (int i = -WARM_UP; i < ROUNDS; i++) {
				Webhooks webhooks = Webhooks.sign(REQUESTS);
				Load measured = toLibrary.send(webhooks);
				Load baseline = toBare.send(webhooks);
				if (i >= 0) {
					rates.add(new Round(measured.perSecond(), baseline.perSecond()));
					times.add(new Round(measured.processorMicros(), baseline.processorMicros()));
				}
			}
			long sent = (WARM_UP + ROUNDS) * (long) REQUESTS;
			Assert.state(library.received() == sent && bare.received() == sent, "Webhooks were lost");
			rows.accept(new Comparison("receive a webhook", "bare `@PostMapping`", "1/s", rates, Goal.atLeast(0.9)));
			rows.accept(new Comparison("receive a webhook, processor time of the application", "bare `@PostMapping`",
					"µs", times, Goal.atMost(1.2)));
		}
	}

}
