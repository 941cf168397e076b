package io.github.k2connect.test;

import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.FatalStartupException;
import com.github.tomakehurst.wiremock.common.Notifier;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;

/**
 * HTTP server that serves the simulator's endpoints, and nothing else, on the local host.
 */
final class SimulatorServer {

	static final String HOST = "localhost";

	private static final String NO_FILES = "no-files-are-served";

	private final WireMockServer server;

	/**
	 * Start a server.
	 * @param port the port, 0 for any that is free
	 * @param endpoints the endpoints
	 * @param extensions the filters and listeners of requests
	 * @throws IllegalStateException when the port is in use
	 */
	SimulatorServer(int port, List<Endpoint> endpoints, List<? extends Extension> extensions) {
		this.server = new WireMockServer(WireMockConfiguration.options()
			.bindAddress(HOST)
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
			Throwable cause = rootCause(ex);
			throw new IllegalStateException((cause instanceof BindException)
					? "The simulator cannot listen on port " + port + ", which is in use"
					: "The simulator cannot listen on port " + port, cause);
		}
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable cause = ex.getCause();
		return (cause != null) ? rootCause(cause) : ex;
	}

	URI baseUrl() {
		return URI.create("http://" + HOST + ":" + this.server.port());
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
