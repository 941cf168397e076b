package io.github.k2connect.test;

import java.util.List;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/**
 * Record of the API calls. OAuth calls are not recorded, their bodies hold the client
 * secret.
 */
final class RequestRecorder implements ServeEventListener {

	private final Latest<Object, SimulatedRequest> requests = new Latest<>();

	@Override
	public String getName() {
		return "request-recorder";
	}

	@Override
	public void beforeMatch(ServeEvent serveEvent, Parameters parameters) {
		LoggedRequest request = serveEvent.getRequest();
		String path = request.getUrl().split("\\?", 2)[0];
		if (path.startsWith("/api/")) {
			String body = request.getBodyAsString();
			this.requests.put(new Object(), new SimulatedRequest(request.getMethod().getName(), path, body),
					path.length() + body.length());
		}
	}

	List<SimulatedRequest> requests() {
		return this.requests.all();
	}

	void clear() {
		this.requests.clear();
	}

}
