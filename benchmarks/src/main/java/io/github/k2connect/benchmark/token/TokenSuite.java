package io.github.k2connect.benchmark.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Figure;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.JmhMethod;
import io.github.k2connect.benchmark.Round;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;

import org.springframework.util.Assert;

/**
 * What it costs to get the token for a request.
 */
public final class TokenSuite implements Suite {

	private static final int ROUNDS = 3;

	private static final int CALLERS = 10_000;

	@Override
	public String name() {
		return "token";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		cachedToken("a cached token, 1 thread", 1, rows);
		cachedToken("a cached token, 16 threads", 16, rows);
		int requests = new Stampede(CALLERS).tokenRequests();
		Assert.state(requests == 1, () -> requests + " tokens were requested");
		rows.accept(new Figure(String.format(Locale.ROOT, "%,d callers without a token", CALLERS), "1 token request",
				"1 token request", true));
	}

	private static void cachedToken(String what, int threads, Consumer<Row> rows) {
		List<Round> againstField = new ArrayList<>();
		List<Round> againstClock = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			double token = measure("library", threads);
			againstField.add(new Round(token, measure("field", threads)));
			againstClock.add(new Round(token, measure("clock", threads)));
		}
		Comparison comparison = new Comparison(what, "a volatile field", "ns", againstField, null);
		rows.accept(comparison);
		rows.accept(new Comparison(what, "`Clock.millis()`", "ns", againstClock, Goal.atMost(1.25)));
		rows.accept(new Figure(what, String.format(Locale.ROOT, "%.1f ns", comparison.measured()), "at most 15 ns",
				comparison.measured() <= 15));
	}

	private static double measure(String method, int threads) {
		return new JmhMethod(CachedTokenBenchmark.class, method, Map.of(), threads).measure().nanoseconds();
	}

}
