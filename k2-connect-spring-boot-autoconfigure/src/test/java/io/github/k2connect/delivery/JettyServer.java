package io.github.k2connect.delivery;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/**
 * Jetty, as the server of an application.
 *
 * @param port the port
 */
record JettyServer(int port) implements ServletWebServerFactory {

	@Override
	public WebServer getWebServer(ServletContextInitializer... initializers) {
		ServletContextHandler application = new ServletContextHandler();
		application.addServletContainerInitializer((classes, servletContext) -> {
			for (ServletContextInitializer initializer : initializers) {
				initializer.onStartup(servletContext);
			}
		});
		Server server = new Server();
		server.setHandler(application);
		Running running = new Running(server, this.port);
		running.run(server::start); // the application needs its servlet context
		return running;
	}

	private record Running(Server server, int port) implements WebServer {

		@Override
		public void start() {
			ServerConnector connector = new ServerConnector(this.server);
			connector.setPort(this.port);
			this.server.addConnector(connector);
			run(connector::start);
		}

		@Override
		public void stop() {
			run(this.server::stop);
		}

		@Override
		public int getPort() {
			return this.port;
		}

		private void run(Step step) {
			try {
				step.run();
			}
			catch (Exception ex) {
				throw new WebServerException("Jetty failed", ex);
			}
		}

	}

	private interface Step {

		void run() throws Exception;

	}

}
