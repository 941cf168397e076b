package io.github.k2connect.test;

import java.net.URI;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Listener that tells the simulator on which port the application listens. The management
 * server's port is not the one.
 */
class CallbackOriginListener implements ApplicationListener<WebServerInitializedEvent> {

	private final K2Simulator simulator;

	CallbackOriginListener(K2Simulator simulator) {
		this.simulator = simulator;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (!WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), "management")) {
			this.simulator.callbackOrigin(URI.create("http://localhost:" + event.getWebServer().getPort()));
		}
	}

}
