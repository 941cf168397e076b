package io.github.k2connect.test;

/**
 * Thrown when the simulator cannot listen on a port.
 */
final class SimulatorPortException extends IllegalStateException {

	private final int port;

	SimulatorPortException(int port, Throwable cause) {
		super("The simulator cannot listen on port " + port + ": " + cause.getMessage(), cause);
		this.port = port;
	}

	int port() {
		return this.port;
	}

}
