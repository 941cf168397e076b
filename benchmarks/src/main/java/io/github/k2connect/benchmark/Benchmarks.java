package io.github.k2connect.benchmark;

import java.util.List;
import java.util.Map;

import io.github.k2connect.benchmark.message.ForgedSignatureBenchmark;
import io.github.k2connect.benchmark.message.VerifyAndDecodeBenchmark;

/**
 * Runs the benchmarks and prints a table of ratios.
 */
final class Benchmarks {

	private static final int ROUNDS = 5;

	private Benchmarks() {
	}

	public static void main(String[] args) {
		System.out.println(
				"| what | against | figure | figure of the other side | ratio (least to greatest) | goal | reached |");
		System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
		print(new JmhComparison("verify and decode a webhook", "HMAC from a cloned `Mac`, `readTree`",
				VerifyAndDecodeBenchmark.class, Map.of("message", "WEBHOOK"))
			.measure(ROUNDS, Goal.atMost(1.2)));
		print(new JmhComparison("verify and decode a result", "HMAC from a cloned `Mac`, `readTree`",
				VerifyAndDecodeBenchmark.class, Map.of("message", "RESULT"))
			.measure(ROUNDS, Goal.atMost(1.2)));
		print(new JmhComparison("reject a forged webhook", "HMAC from a cloned `Mac`", ForgedSignatureBenchmark.class,
				Map.of())
			.measure(ROUNDS, Goal.atMost(1.1)));
	}

	private static void print(List<Comparison> comparisons) {
		comparisons.forEach((comparison) -> System.out.println(comparison.row()));
	}

}
