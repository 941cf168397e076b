package io.github.k2connect.benchmark.message;

import java.util.ArrayList;
import java.util.List;
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
 * Verifying and decoding a webhook, against the same work in other languages.
 */
public final class LanguagesSuite implements Suite {

	private static final int ROUNDS = 3;

	private static final String WHAT = "verify and decode a webhook";

	private static final JmhMethod LIBRARY = new JmhMethod(VerifyAndDecodeBenchmark.class, "library",
			Map.of("message", Message.WEBHOOK.name()));

	@Override
	public String name() {
		return "languages";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		for (Language language : Language.values()) {
			rows.accept(language.isInstalled() ? compare(language)
					: new Figure(WHAT + ", against " + language, "not installed", "", false));
		}
	}

	private static Comparison compare(Language language) throws Exception {
		List<Round> rounds = new ArrayList<>();
		String runtime = language.name();
		for (int i = 0; i < ROUNDS; i++) {
			Language.Result other = language.measure(Message.WEBHOOK);
			Assert.state(other.amount().equals("1250.50") && other.reference().equals("SC21AB34CD"),
					() -> language + " read something else");
			runtime = other.runtime();
			rounds.add(new Round(LIBRARY.measure().nanoseconds(), other.nanoseconds()));
		}
		return new Comparison(WHAT, runtime, "ns", rounds, Goal.atMost(1));
	}

}
