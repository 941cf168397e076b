package io.github.k2connect.autoconfigure.actuate;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.token.TokenStatus;
import io.github.k2connect.webhook.LastDeliveries;
import io.github.k2connect.webhook.inbox.InboxOverview;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.StringUtils;

/**
 * Endpoint that shows the state of k2-connect, and retries or discards parked events. It
 * never calls Kopo Kopo.
 */
@WebEndpoint(id = "k2")
final class K2Endpoint {

	private final K2Setup setup;

	private final K2Accounts accounts;

	private final ObjectProvider<LastDeliveries> deliveries;

	private final WorkMonitor work;

	private final ObjectProvider<K2Inbox> inbox;

	/**
	 * Create the endpoint.
	 * @param setup the setup of the application
	 * @param accounts the accounts
	 * @param deliveries the times of the last deliveries
	 * @param work the work in the database
	 * @param inbox the inbox
	 */
	K2Endpoint(K2Setup setup, K2Accounts accounts, ObjectProvider<LastDeliveries> deliveries, WorkMonitor work,
			ObjectProvider<K2Inbox> inbox) {
		this.setup = setup;
		this.accounts = accounts;
		this.deliveries = deliveries;
		this.work = work;
		this.inbox = inbox;
	}

	@ReadOperation
	K2Report report() {
		StoredWork.Details details = this.work.now().orElse(null);
		return new K2Report(this.setup.version(), this.setup.mode(), this.setup.store(), accounts(),
				(details != null) ? inbox(details) : null, (details != null) ? details.work().followUps() : null);
	}

	private Map<String, K2Report.Account> accounts() {
		Map<String, TokenStatus> tokens = this.accounts.tokenStatuses();
		LastDeliveries deliveries = this.deliveries.getIfAvailable();
		Set<String> names = new TreeSet<>(this.accounts.observedNames());
		names.addAll(tokens.keySet());
		Map<String, K2Report.Account> accounts = new TreeMap<>();
		names.forEach((name) -> accounts.put(name,
				new K2Report.Account(K2Report.Token.of(tokens.get(name)),
						(deliveries != null) ? deliveries.lastAccepted(name) : null,
						(deliveries != null) ? deliveries.lastRejected(name) : null)));
		return accounts;
	}

	private static K2Report.@Nullable Inbox inbox(StoredWork.Details details) {
		InboxOverview.State state = details.work().inbox();
		return (state != null)
				? new K2Report.Inbox(state.waiting(), state.oldestWaiting(), state.parked(), details.parked()) : null;
	}

	/**
	 * Carry out an operation.
	 * @param operation {@code retry} or {@code discard}
	 * @param key the key of a parked event; without one {@code retry} is for all of them
	 * @return the number of events, or a message that says what is wrong
	 */
	@WriteOperation
	WebEndpointResponse<Map<String, Object>> operate(@Selector String operation, @Nullable String key) {
		return switch (operation) {
			case "retry" -> withInbox(key, (inbox) -> retry(inbox, key));
			case "discard" -> (key != null) ? withInbox(key, (inbox) -> discard(inbox, key))
					: invalid("key is missing: discard is for one event");
			default -> invalid("The operation is unknown: use retry or discard");
		};
	}

	private WebEndpointResponse<Map<String, Object>> withInbox(@Nullable String key,
			Function<K2Inbox, WebEndpointResponse<Map<String, Object>>> operation) {
		K2Inbox inbox = this.inbox.getIfAvailable();
		if (inbox == null) {
			return invalid("There is no inbox");
		}
		return (key == null || StringUtils.hasText(key)) ? operation.apply(inbox) : invalid("key is blank");
	}

	private static WebEndpointResponse<Map<String, Object>> retry(K2Inbox inbox, @Nullable String key) {
		if (key == null) {
			return new WebEndpointResponse<>(Map.of("retried", inbox.retryAll()));
		}
		return inbox.retry(key) ? new WebEndpointResponse<>(Map.of("retried", 1)) : notParked();
	}

	private static WebEndpointResponse<Map<String, Object>> discard(K2Inbox inbox, String key) {
		return inbox.discard(key) ? new WebEndpointResponse<>(Map.of("discarded", 1)) : notParked();
	}

	private static WebEndpointResponse<Map<String, Object>> notParked() {
		return new WebEndpointResponse<>(Map.of("message", "No parked event has this key"),
				WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private static WebEndpointResponse<Map<String, Object>> invalid(String message) {
		return new WebEndpointResponse<>(Map.of("message", message), WebEndpointResponse.STATUS_BAD_REQUEST);
	}

}
