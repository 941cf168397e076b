package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Announcement of results: once the answer to a request has been sent and the work on it
 * is due, its result is posted to the callback URL and the subscribers are told.
 */
final class ResultAnnouncer implements ServeEventListener {

	static final String NAME = "result-announcer";

	private final ResourceStore store;

	private final Subscriptions subscriptions;

	private final Deliveries deliveries;

	ResultAnnouncer(ResourceStore store, Subscriptions subscriptions, Deliveries deliveries) {
		this.store = store;
		this.subscriptions = subscriptions;
		this.deliveries = deliveries;
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public boolean applyGlobally() {
		return false;
	}

	@Override
	public void afterComplete(ServeEvent serveEvent, Parameters parameters) {
		HttpHeader location = serveEvent.getResponse().getHeaders().getHeader("location");
		if (location.isPresent()) {
			String address = location.firstValue();
			this.store.find(address.substring(address.lastIndexOf('/') + 1)).ifPresent(this::announceWhenDue);
		}
	}

	private void announceWhenDue(SimulatedResource resource) {
		Duration untilDue = Duration.between(Instant.now(), resource.request().dueAt());
		this.deliveries.schedule(untilDue, () -> announce(resource));
	}

	/**
	 * Finish a resource and announce its result, which happens once.
	 */
	void announce(SimulatedResource resource) {
		if (resource.claimAnnouncement()) {
			URI callbackUrl = resource.request().callbackUrl();
			if (callbackUrl != null) {
				this.deliveries.deliver("Result " + resource.type() + " " + resource.id(), callbackUrl,
						Json.bytes(resource.json()));
			}
			resource.events().forEach(this.subscriptions::publish);
		}
	}

}
