package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
		Duration untilDue = Duration.between(Instant.now(), resource.request().dueAt());
		this.deliveries.schedule(untilDue, () -> announce(resource));
	}

	/**
	 * Finish a resource and announce its result, which happens once.
	 */
	void announce(SimulatedResource resource) {
		if (resource.claimAnnouncement()) {
			List<Deliveries.Message> results = results(resource);
			List<Deliveries.Message> webhooks = webhooks(resource);
			switch (this.order) {
				case RESULT_FIRST -> deliverInOrder(results, webhooks);
				case WEBHOOK_FIRST -> deliverInOrder(webhooks, results);
				case ANY -> Stream.of(results, webhooks)
					.flatMap(List::stream)
					.forEach((message) -> this.deliveries.deliver(List.of(message)));
			}
		}
	}

	/**
	 * Set in which order the messages of a request are delivered.
	 */
	void order(MessageOrder newOrder) {
		this.order = newOrder;
	}

	private void deliverInOrder(List<Deliveries.Message> first, List<Deliveries.Message> second) {
		this.deliveries.deliver(Stream.of(first, second).flatMap(List::stream).toList());
	}

	private static List<Deliveries.Message> results(SimulatedResource resource) {
		URI callbackUrl = resource.request().callbackUrl();
		return (callbackUrl == null) ? List.of()
				: List.of(new Deliveries.Message("Result " + resource.type() + " " + resource.id(), callbackUrl,
						Json.bytes(resource.json()), resource.account().signer()));
	}

	private static List<Deliveries.Message> webhooks(SimulatedResource resource) {
		SimulatedAccount account = resource.account();
		return resource.events()
			.stream()
			.flatMap((webhook) -> account.ledger().subscriptions().messages(webhook, account.signer()).stream())
			.toList();
	}

}
