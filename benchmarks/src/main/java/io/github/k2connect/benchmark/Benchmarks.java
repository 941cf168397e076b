package io.github.k2connect.benchmark;

import java.util.List;

import io.github.k2connect.benchmark.endpoint.EndpointSuite;
import io.github.k2connect.benchmark.growth.GrowthSuite;
import io.github.k2connect.benchmark.heap.HeapSuite;
import io.github.k2connect.benchmark.inbox.InboxSuite;
import io.github.k2connect.benchmark.instances.InstancesSuite;
import io.github.k2connect.benchmark.message.LanguagesSuite;
import io.github.k2connect.benchmark.message.MessageSuite;
import io.github.k2connect.benchmark.push.PushSuite;
import io.github.k2connect.benchmark.rows.RowsSuite;
import io.github.k2connect.benchmark.start.StartSuite;
import io.github.k2connect.benchmark.store.StoreSuite;
import io.github.k2connect.benchmark.token.TokenSuite;

/**
 * Runs the suites that are named, or all of them, and prints a table.
 */
final class Benchmarks {

	private static final List<Suite> SUITES = List.of(new MessageSuite(), new GrowthSuite(), new StartSuite(),
			new TokenSuite(), new LanguagesSuite(), new PushSuite(), new EndpointSuite(), new StoreSuite(),
			new InboxSuite(), new HeapSuite(), new RowsSuite(), new InstancesSuite());

	private Benchmarks() {
	}

	public static void main(String[] names) throws Exception {
		List<String> known = SUITES.stream().map(Suite::name).toList();
		if (!known.containsAll(List.of(names))) {
			throw new IllegalArgumentException("The suites are " + known);
		}
		System.out.println("| what | against | figure | other figure | ratio (least to greatest) | goal | reached |");
		System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
		for (Suite suite : SUITES) {
			if (names.length == 0 || List.of(names).contains(suite.name())) {
				suite.run((row) -> System.out.println(row.markdown()));
			}
		}
	}

}
