package io.github.k2connect.test;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ServeEventListener;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Announcement of results. After the response was sent and the result is due, the result
 * is posted to the callback URL and the webhooks are sent to the subscribers.
 */
final class ResultAnnouncer implements ServeEventListener {

	static final String NAME = "result-announcer";

	private final ResourceStore store;

	private final Deliveries deliveries;

	private volatile MessageOrder order = MessageOrder.ANY;

	ResultAnnouncer(ResourceStore store, Deliveries deliveries) {
		this.store = store;
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
		this.deliveries.schedule(resource.generation(), resource.responded(), () -> announce(resource));
	}

	/**
	 * Finish a resource and announce its result, which happens once.
	 */
	void announce(SimulatedResource resource) {
		if (resource.claimAnnouncement()) {
			List<Message> results = results(resource);
			List<Message> webhooks = resource.account().messages(resource.events());
			switch (this.order) {
				case RESULT_FIRST -> deliverInOrder(resource, results, webhooks);
				case WEBHOOK_FIRST -> deliverInOrder(resource, webhooks, results);
				case ANY -> Stream.of(results, webhooks)
					.flatMap(List::stream)
					.forEach((message) -> this.deliveries.deliver(resource.generation(), List.of(message)));
			}
		}
	}

	/**
	 * Set in which order the messages of a request are delivered.
	 */
	void order(MessageOrder newOrder) {
		this.order = newOrder;
	}

	private void deliverInOrder(SimulatedResource resource, List<Message> first, List<Message> second) {
		this.deliveries.deliver(resource.generation(), Stream.of(first, second).flatMap(List::stream).toList());
	}

	private static List<Message> results(SimulatedResource resource) {
		URI callbackUrl = resource.request().callbackUrl();
		return (callbackUrl == null) ? List.of() : List.of(Message.of("Result " + resource.type() + " " + resource.id(),
				resource.account(), callbackUrl, Json.bytes(resource.json())));
	}

}
