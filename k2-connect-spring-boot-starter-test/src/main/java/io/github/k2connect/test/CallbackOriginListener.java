package io.github.k2connect.test;

import java.net.InetAddress;
import java.net.URI;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Listener that tells the simulator where the application listens. The management
 * server's address is not the one.
 */
class CallbackOriginListener implements ApplicationListener<WebServerInitializedEvent> {

	private final K2Simulator simulator;

	CallbackOriginListener(K2Simulator simulator) {
		this.simulator = simulator;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (!WebServerApplicationContext.hasServerNamespace(event.getApplicationContext(), "management")) {
			this.simulator
				.callbackOrigin(origin(event.getApplicationContext().getEnvironment(), event.getWebServer().getPort()));
		}
	}

	/**
	 * Return the origin of a server from its configuration.
	 */
	static URI origin(Environment environment, int port) {
		Binder binder = Binder.get(environment);
		boolean encrypted = Ssl.isEnabled(binder.bind("server.ssl", Ssl.class).orElse(null));
		String host = binder.bind("server.address", InetAddress.class)
			.map((address) -> new ServerAddress(address).host())
			.orElse("localhost");
		return URI.create((encrypted ? "https" : "http") + "://" + host + ":" + port);
	}

}
