package io.github.k2connect.autoconfigure.actuate;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.k2connect.AccountName;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.UnknownK2AccountException;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.token.TokenStatus;
import io.github.k2connect.webhook.endpoint.WebhookOverview;
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
 * Endpoint that shows the state of k2-connect, retries or discards parked events, and
 * schedules checks of a till. It never calls Kopo Kopo.
 */
@WebEndpoint(id = "k2")
final class K2Endpoint {

	private final K2Accounts accounts;

	private final ObjectProvider<WebhookOverview> webhook;

	private final WorkMonitor work;

	private final ObjectProvider<K2Inbox> inbox;

	private final ObjectProvider<K2Reconciliation> reconciliation;

	/**
	 * Create the endpoint.
	 * @param accounts the accounts
	 * @param webhook the webhook endpoint
	 * @param work the work in the database
	 * @param inbox the inbox
	 * @param reconciliation the reconciliation
	 */
	K2Endpoint(K2Accounts accounts, ObjectProvider<WebhookOverview> webhook, WorkMonitor work,
			ObjectProvider<K2Inbox> inbox, ObjectProvider<K2Reconciliation> reconciliation) {
		this.accounts = accounts;
		this.webhook = webhook;
		this.work = work;
		this.inbox = inbox;
		this.reconciliation = reconciliation;
	}

	@ReadOperation
	K2Report report() {
		StoredWork.Details details = this.work.now().orElse(null);
		WebhookOverview webhook = this.webhook.getIfAvailable();
		return new K2Report(K2Endpoint.class.getPackage().getImplementationVersion(),
				(webhook != null) ? webhook.mode() : null, (webhook != null) ? webhook.store() : null,
				accounts(webhook), (details != null) ? inbox(details) : null,
				(details != null) ? details.work().followUps() : null,
				(details != null) ? details.unresolvedKeys() : null,
				(details != null) ? details.reconciliation() : null);
	}

	private Map<String, K2Report.Account> accounts(@Nullable WebhookOverview webhook) {
		Map<String, TokenStatus> tokens = this.accounts.tokenStatuses();
		Set<String> names = new TreeSet<>(this.accounts.observedNames());
		names.addAll(tokens.keySet());
		Map<String, K2Report.Account> accounts = new TreeMap<>();
		names.forEach((name) -> accounts.put(name,
				new K2Report.Account(K2Report.Token.of(tokens.get(name)),
						(webhook != null) ? webhook.lastAccepted(name) : null,
						(webhook != null) ? webhook.lastRejected(name) : null)));
		return accounts;
	}

	private static K2Report.@Nullable Inbox inbox(StoredWork.Details details) {
		K2Inbox.State state = details.work().inbox();
		return (state != null)
				? new K2Report.Inbox(state.waiting(), state.oldestWaiting(), state.parked(), details.parked()) : null;
	}

	/**
	 * Carry out an operation.
	 * @param operation {@code retry}, {@code discard} or {@code check}
	 * @param key the key of a parked event; without one {@code retry} is for all of them
	 * @param account the account of the till to check, or the default account
	 * @param till the till to check, or the whole company
	 * @param from the start of the period to check
	 * @param to the end of the period to check
	 * @return the number of events or checks, or a message that says what is wrong
	 */
	@WriteOperation
	WebEndpointResponse<Map<String, Object>> operate(@Selector String operation, @Nullable String key,
			@Nullable String account, @Nullable String till, @Nullable String from, @Nullable String to) {
		return switch (operation) {
			case "retry" -> withInbox(key, (inbox) -> retry(inbox, key));
			case "discard" -> (key != null) ? withInbox(key, (inbox) -> discard(inbox, key))
					: invalid("key is missing: discard is for one event");
			case "check" -> check((account != null) ? account : AccountName.DEFAULT, till, from, to);
			default -> invalid("The operation is unknown: use retry, discard or check");
		};
	}

	private WebEndpointResponse<Map<String, Object>> withInbox(@Nullable String key,
			Function<K2Inbox, WebEndpointResponse<Map<String, Object>>> operation) {
		K2Inbox inbox = this.inbox.getIfAvailable();
		if (inbox == null || !inbox.hasTable()) {
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

	private WebEndpointResponse<Map<String, Object>> check(String account, @Nullable String till, @Nullable String from,
			@Nullable String to) {
		K2Reconciliation reconciliation = this.reconciliation.getIfAvailable();
		if (reconciliation == null) {
			return invalid("There is no reconciliation");
		}
		if (from == null || to == null) {
			return invalid("from and to are required");
		}
		try {
			reconciliation.check(account, till, OffsetDateTime.parse(from), OffsetDateTime.parse(to));
			return new WebEndpointResponse<>(Map.of("scheduled", 1));
		}
		catch (DateTimeParseException ex) {
			return invalid("from and to must be times with offset, such as 2026-03-11T08:00:00+03:00");
		}
		catch (IllegalArgumentException | UnknownK2AccountException ex) {
			return invalid(String.valueOf(ex.getMessage()));
		}
	}

	private static WebEndpointResponse<Map<String, Object>> notParked() {
		return new WebEndpointResponse<>(Map.of("message", "No parked event has this key"),
				WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private static WebEndpointResponse<Map<String, Object>> invalid(String message) {
		return new WebEndpointResponse<>(Map.of("message", message), WebEndpointResponse.STATUS_BAD_REQUEST);
	}

}
