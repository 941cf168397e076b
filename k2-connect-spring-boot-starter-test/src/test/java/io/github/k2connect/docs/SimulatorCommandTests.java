package io.github.k2connect.docs;

import java.util.List;
import java.util.Map;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.testfixtures.CodeBlock;
import io.github.k2connect.testfixtures.PageCommands;
import org.junit.jupiter.api.Test;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the commands for the simulator, which are run as they are on the page.
 */
class SimulatorCommandTests {

	private static final List<CodeBlock> BLOCKS = PageCommands.ofCurl()
		.stream()
		.filter((block) -> block.page().equals("simulator.md"))
		.toList();

	@Test
	void requestsPaymentAndResetsSimulator() throws Exception {
		assertThat(BLOCKS).hasSize(2);
		try (K2Simulator simulator = K2Simulator.start()) {
			PageCommands push = run(simulator, BLOCKS.get(0));
			assertThat(push.statuses()).containsExactly(200, 201);
			assertThat(push.output()).containsIgnoringCase("Location: " + simulator.baseUrl());
			assertThat(simulator).hasReceived("POST", "/api/v1/incoming_payments");
			PageCommands reset = run(simulator, BLOCKS.get(1));
			assertThat(reset.statuses()).allMatch((status) -> status < 400).hasSize(1);
			assertThat(simulator.requests()).isEmpty();
		}
	}

	private static PageCommands run(K2Simulator simulator, CodeBlock block) throws Exception {
		return PageCommands.run(block.text().replace("http://localhost:8090", simulator.baseUrl().toString()),
				Map.of());
	}

}
