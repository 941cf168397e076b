package io.github.k2connect.test;

import java.net.ConnectException;
import java.net.Socket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link K2SimulatorExtension}.
 */
class K2SimulatorExtensionTests {

	@RegisterExtension
	static final K2SimulatorExtension shared = K2SimulatorExtension.of(K2Simulator.builder().apiKey("shared-key"));

	@RegisterExtension
	final K2SimulatorExtension own = K2SimulatorExtension.create();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void resetsSharedSimulatorBeforeEachTest(int repetition) {
		assertThat(shared.simulator().journal()).as("repetition " + repetition).isEmpty();
		new ApiCaller(shared.simulator()).authenticate();
		assertThat(shared.simulator().journal()).hasSize(1);
	}

	@Test
	void usesBuilder() {
		assertThat(shared.simulator().apiKey()).isEqualTo("shared-key");
		assertThat(this.own.simulator().apiKey()).isEqualTo("k2-simulator-api-key");
	}

	@Test
	void closesSimulatorOfTest() {
		K2SimulatorExtension extension = K2SimulatorExtension.create();
		ExtensionContext context = mock();
		extension.beforeEach(context);
		int port = extension.simulator().baseUrl().getPort();
		extension.afterEach(context);
		assertClosed(extension, port);
	}

	@Test
	void closesSharedSimulatorAfterAllTests() {
		K2SimulatorExtension extension = K2SimulatorExtension.create();
		ExtensionContext context = mock();
		extension.beforeAll(context);
		extension.beforeEach(context);
		extension.afterEach(context);
		int port = extension.simulator().baseUrl().getPort();
		extension.afterAll(context);
		assertClosed(extension, port);
	}

	private static void assertClosed(K2SimulatorExtension extension, int port) {
		assertThatIllegalStateException().isThrownBy(extension::simulator);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("localhost", port).close());
	}

}
