package io.github.k2connect.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A test of rules for promtool. An application had the values of each scrape for some
 * minutes.
 */
final class RuleTest {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^(k2_\\w+)(?:\\{(.*)})? (\\S+)$");

	private static final String TARGET = "job=\"shop\",instance=\"shop:8080\"";

	private static final String ABSENT = "_";

	private static final int MINUTES = 20;

	private final List<Map<String, String>> scrapes;

	private final List<String> expectations = new ArrayList<>();

	RuleTest(List<String> scrapes) {
		this.scrapes = scrapes.stream().map(RuleTest::samples).toList();
	}

	private static Map<String, String> samples(String scrape) {
		return SAMPLE.matcher(scrape).results().collect(Collectors.toMap((match) -> {
			String labels = match.group(2);
			return match.group(1) + "{" + ((labels != null) ? labels + "," : "") + TARGET + "}";
		}, (match) -> match.group(3)));
	}

	/**
	 * Return whether a series is that of a timer of what is active. Micrometer adds it
	 * when something is first observed.
	 */
	static boolean isActive(String name) {
		return name.contains("_active_");
	}

	/**
	 * Return the names of the series in a scrape, with their labels.
	 */
	Set<String> series(int scrape) {
		return this.scrapes.get(scrape).keySet().stream().filter((name) -> !isActive(name)).collect(Collectors.toSet());
	}

	/**
	 * Expect exactly these alerts after a scrape.
	 */
	void expectFiring(int scrape, Collection<String> alerts) {
		expect(scrape, "group by (alertname) (ALERTS{alertstate=\"firing\"})", alerts);
	}

	/**
	 * Expect this alert after a scrape.
	 */
	void expectFiring(int scrape, String alert) {
		expect(scrape, "group by (alertname) (ALERTS{alertstate=\"firing\", alertname=\"" + alert + "\"})",
				Set.of(alert));
	}

	private void expect(int scrape, String query, Collection<String> alerts) {
		expect(scrape, query, alerts.stream().map((alert) -> "{alertname=\"" + alert + "\"}"));
	}

	/**
	 * Expect that a query has a result.
	 */
	void expectResult(int scrape, String query) {
		expect(scrape, "group(" + query + ")", Stream.of("{}"));
	}

	private void expect(int scrape, String query, Stream<String> labels) {
		this.expectations.add("    - expr: '" + query.replace("'", "''") + "'\n      eval_time: "
				+ (scrape * MINUTES + MINUTES / 2) + "m\n      exp_samples:"
				+ labels.map((label) -> "\n      - labels: '" + label + "'\n        value: 1")
					.collect(Collectors.joining("", "", "\n")));
	}

	String write() {
		Set<String> series = new LinkedHashSet<>();
		this.scrapes.forEach((scrape) -> series.addAll(scrape.keySet()));
		return "rule_files: [alerts.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n"
				+ series.stream()
					.map((name) -> "  - series: '" + name + "'\n    values: '" + values(name) + "'\n")
					.collect(Collectors.joining())
				+ "  promql_expr_test:\n" + String.join("", this.expectations);
	}

	private String values(String name) {
		return this.scrapes.stream()
			.flatMap((scrape) -> IntStream.range(0, MINUTES).mapToObj((minute) -> scrape.getOrDefault(name, ABSENT)))
			.collect(Collectors.joining(" "));
	}

}
