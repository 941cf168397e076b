package io.github.k2connect.test;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/**
 * Record of the API calls. OAuth calls are not recorded, their bodies hold the client
 * secret.
 */
final class RequestRecorder implements ServeEventListener {

	private final Queue<SimulatedRequest> requests = new ConcurrentLinkedQueue<>();

	@Override
	public String getName() {
		return "request-recorder";
	}

	@Override
	public void beforeMatch(ServeEvent serveEvent, Parameters parameters) {
		LoggedRequest request = serveEvent.getRequest();
		String path = request.getUrl().split("\\?", 2)[0];
		if (path.startsWith("/api/")) {
			this.requests.add(new SimulatedRequest(request.getMethod().getName(), path, request.getBodyAsString()));
		}
	}

	List<SimulatedRequest> requests() {
		return List.copyOf(this.requests);
	}

	void clear() {
		this.requests.clear();
	}

}
