package io.github.k2connect.test;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.common.Notifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;

/**
 * HTTP server that serves the simulator's endpoints, and nothing else.
 */
final class SimulatorServer {

	private static final String NO_FILES = "no-files-are-served";

	private final ServerAddress address;

	private final WireMockServer server;

	/**
	 * Start a server.
	 * @param address the address at which it listens
	 * @param port the port, 0 for any that is free
	 * @param endpoints the endpoints
	 * @param extensions the filters and listeners of requests
	 * @throws SimulatorPortException when the port is in use
	 */
	SimulatorServer(ServerAddress address, int port, List<Endpoint> endpoints, List<? extends Extension> extensions) {
		this.address = address;
		this.server = new WireMockServer(WireMockConfiguration.options()
			.bindAddress(address.address().getHostAddress())
			.port(port)
			.withRootDirectory(NO_FILES)
			.disableRequestJournal()
			.adminAuthenticator((request) -> false)
			.stubRequestLoggingDisabled(true)
			.httpServerFactory(SimulatorHttpServer::new)
			.notifier(new QuietNotifier())
			.extensions(Stream.concat(endpoints.stream(), extensions.stream()).toArray(Extension[]::new)));
		endpoints.forEach((endpoint) -> this.server.addStubMapping(endpoint.stub()));
		start(port);
	}

	private void start(int port) {
		try {
			this.server.start();
		}
		catch (FatalStartupException ex) {
			throw new SimulatorPortException(port, rootCause(ex));
		}
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable cause = ex.getCause();
		return (cause != null) ? rootCause(cause) : ex;
	}

	URI baseUrl() {
		return URI.create("http://" + this.address.host() + ":" + this.server.port());
	}

	void stop() {
		this.server.stop();
	}

	/**
	 * Notifier that writes nothing, because WireMock's output may contain tokens and
	 * customers' data.
	 */
	private static final class QuietNotifier implements Notifier {

		@Override
		public void info(String message) {
		}

		@Override
		public void error(String message) {
		}

		@Override
		public void error(String message, Throwable cause) {
		}

	}

}
