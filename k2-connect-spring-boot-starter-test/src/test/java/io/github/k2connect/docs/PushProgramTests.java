package io.github.k2connect.docs;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.K2SimulatorExtension;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;

class PushProgramTests {

	@RegisterExtension
	static final K2SimulatorExtension kopoKopo = K2SimulatorExtension.of(K2Simulator.builder().strict());

	private final BlockingQueue<K2Event> events = new LinkedBlockingQueue<>();

	@Test
	void deliversResult() throws Exception {
		K2Simulator simulator = kopoKopo.simulator();
		try (PlainJava program = new PlainJava(simulator.baseUrl(), simulator.clientId(), simulator.clientSecret(),
				simulator.apiKey(), this.events::add)) {
			program.push("http://localhost:" + program.port(), SimulatedPhoneNumber.PAYS, 2200);
			assertThat(simulator).hasReceived("POST", "/api/v1/incoming_payments").hasDelivered("incoming_payment");
		}
	}

}
