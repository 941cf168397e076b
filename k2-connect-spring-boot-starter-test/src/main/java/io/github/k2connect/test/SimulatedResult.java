package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.UnresolvedK2Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Result of a request as Kopo Kopo sends it, to be delivered with
 * {@link K2Simulator#deliver(SimulatedResult)}, or to be passed to a listener as
 * {@link #toEvent(Class)}. Each factory method creates a successful result with sample
 * data and new identifiers. The other methods change it. Immutable: each change returns a
 * new result.
 */
public final class SimulatedResult {

	private static final String ATTRIBUTES = "/data/attributes";

	/**
	 * Attributes that depend on the status of the request.
	 */
	private static final List<String> OUTCOME = List.of("status", "event", "transfer_batches", "transactions",
			"reversal_bulk_payment", "payment_link", "errors");

	private final ResourceDescription description;

	private final ResourceRequest request;

	private final State state;

	private final MessageJson json;

	private final @Nullable String apiKey;

	private SimulatedResult(ResourceDescription description, ResourceRequest request, State state, MessageJson json,
			@Nullable String apiKey) {
		this.description = description;
		this.request = request;
		this.state = state;
		this.json = json;
		this.apiKey = apiKey;
	}

	/**
	 * Create the result of an STK push that was paid.
	 * @return a result of type {@code incoming_payment}
	 */
	public static SimulatedResult stkPush() {
		return of(IncomingPayments.description(PayerNumbers.WHOLE, Phones.thatPay()));
	}

	/**
	 * Create the result of a payment to a recipient that was made.
	 * @return a result of type {@code payment}
	 */
	public static SimulatedResult payment() {
		return of(Payments.description());
	}

	/**
	 * Create the result of a transfer to the merchant's own account that was made.
	 * @return a result of type {@code settlement_transfer}
	 */
	public static SimulatedResult settlementTransfer() {
		return of(SettlementTransfers.description());
	}

	/**
	 * Create the result of a poll that found one transaction.
	 * @return a result of type {@code polling}
	 */
	public static SimulatedResult polling() {
		return of(Polls.description());
	}

	/**
	 * Create the result of a message to a customer that was sent.
	 * @return a result of type {@code transaction_sms_notification}
	 */
	public static SimulatedResult transactionSmsNotification() {
		return of(SmsNotifications.description());
	}

	/**
	 * Create the result of money that was sent.
	 * @return a result of type {@code send_money}
	 */
	public static SimulatedResult sendMoney() {
		return of(SendMoney.description());
	}

	/**
	 * Create the result of a reversal that was made.
	 * @return a result of type {@code reversal}
	 */
	public static SimulatedResult reversal() {
		return of(Reversals.description());
	}

	/**
	 * Create the result of a payment link that was paid.
	 * @return a result of type {@code payment_link}
	 */
	public static SimulatedResult paymentLink() {
		return of(PaymentLinks.description(PayerNumbers.WHOLE));
	}

	private static SimulatedResult of(ResourceDescription description) {
		String id = Identifiers.id();
		ResourceRequest request = SampleRequests.of(description, id);
		ObjectNode body = Json.object();
		body.putObject("data")
			.put("id", id)
			.put("type", description.type())
			.set("attributes", attributes(description, request, State.PAID));
		return new SimulatedResult(description, request, State.PAID, MessageJson.of(body, ATTRIBUTES), null);
	}

	/**
	 * Set a successful outcome, which is the default.
	 * @return the changed result, the same if it is successful already
	 */
	public SimulatedResult paid() {
		return inState(State.PAID);
	}

	/**
	 * Set a pending outcome, as in a result that is sent early.
	 * @return the changed result, the same if it is pending already
	 */
	public SimulatedResult pending() {
		return inState(State.PENDING);
	}

	/**
	 * Set a failed outcome. A failed payment link is a cancelled one.
	 * @param error the reason in M-PESA's words; it is only written if results of this
	 * type have errors
	 * @return the changed result
	 */
	public SimulatedResult failed(String error) {
		SimulatedResult failed = inState(State.FAILED);
		if (failed.attributes().has("event")) {
			return failed.with("event.errors", error);
		}
		return failed.attributes().has("errors") ? failed.with("errors", List.of(error)) : failed;
	}

	/**
	 * Set the id of the request, which is the last part of the location that its service
	 * returned.
	 * @param id the id
	 * @return the changed result
	 */
	public SimulatedResult id(String id) {
		String self = this.request.self().toString();
		return with(this.json.set("/data/id", id)).with("_links.self",
				self.substring(0, self.lastIndexOf('/') + 1) + id);
	}

	/**
	 * Set the metadata of the request.
	 * @param metadata keys and values
	 * @return the changed result
	 */
	public SimulatedResult metadata(Map<String, String> metadata) {
		return with("metadata", metadata);
	}

	/**
	 * Add one entry to the metadata of the request.
	 * @param key the key, such as {@code order_id}
	 * @param value the value
	 * @return the changed result
	 */
	public SimulatedResult metadata(String key, String value) {
		ObjectNode metadata = (attributes().path("metadata") instanceof ObjectNode object) ? object : Json.object();
		return with("metadata", metadata.put(key, value));
	}

	/**
	 * Add a disbursement that failed to the first batch: the money arrived in part only.
	 * @param error the reason
	 * @return the changed result
	 * @throws IllegalStateException when the result has no batches: only payouts have,
	 * once they are made
	 */
	public SimulatedResult withFailedDisbursement(String error) {
		ObjectNode body = this.json.object();
		ArrayNode disbursements = (ArrayNode) batches(body).get(0).path("disbursements");
		ObjectNode failed = disbursements.addObject().setAll((ObjectNode) disbursements.get(0).deepCopy());
		failed.put("destination_reference", Identifiers.id()).setAll(TransferBatches.failure(error));
		return with(this.json.with(body));
	}

	/**
	 * Add a batch that failed before it had disbursements.
	 * @return the changed result
	 * @throws IllegalStateException when the result has no batches: only payouts have,
	 * once they are made
	 */
	public SimulatedResult withFailedBatch() {
		ObjectNode body = this.json.object();
		batches(body).addObject().put("status", "Failed").putArray("disbursements");
		return with(this.json.with(body));
	}

	private ArrayNode batches(ObjectNode body) {
		if (body.at(ATTRIBUTES).path("transfer_batches") instanceof ArrayNode batches && !batches.isEmpty()) {
			return batches;
		}
		throw new IllegalStateException("This " + this.description.type() + " has no transfer batches");
	}

	/**
	 * Set an attribute. {@code hashed_sender_phone} changes with
	 * {@code sender_phone_number}.
	 * @param attribute name on the wire, such as {@code status}; a property of an inner
	 * object has a dot between its names, as in {@code event.resource.amount}
	 * @param value a text, number, boolean, {@code Map} or {@code Iterable}, which is
	 * written as JSON, or {@code null}
	 * @return the changed result
	 * @throws IllegalArgumentException when Kopo Kopo's result has no such attribute
	 */
	public SimulatedResult with(String attribute, @Nullable Object value) {
		return with(this.json.with(attribute, value));
	}

	/**
	 * Remove an attribute, as {@link #with(String, Object)} sets it.
	 * @param attribute name as for {@link #with(String, Object)}
	 * @return the changed result
	 */
	public SimulatedResult without(String attribute) {
		return with(this.json.without(attribute));
	}

	/**
	 * Sign with another key than that of the account to which the result is delivered.
	 * @param otherKey the key, for example the API key of another account
	 * @return the changed result
	 */
	public SimulatedResult signedWith(String otherKey) {
		return new SimulatedResult(this.description, this.request, this.state, this.json, otherKey);
	}

	/**
	 * Return the body as it is delivered.
	 * @return the JSON
	 */
	public String json() {
		return this.json.text();
	}

	/**
	 * Return the bytes that are delivered and signed.
	 * @return the body in UTF-8
	 */
	public byte[] body() {
		return this.json.bytes();
	}

	/**
	 * Return the event that listeners of the default account get for this result, without
	 * a server: for unit tests.
	 * @return the event, an {@link io.github.k2connect.event.UnrecognizedK2Event} if
	 * there is no record for it
	 */
	public K2Event toEvent() {
		return Events.of(this.json, K2Event.DEFAULT_ACCOUNT);
	}

	/**
	 * Return the event, as {@link #toEvent()}, with its type.
	 * @param <T> the type of the event
	 * @param type the type of the event, such as {@code StkPushResult.class}
	 * @return the event
	 * @throws IllegalArgumentException if the event has another type
	 */
	public <T extends K2Event> T toEvent(Class<T> type) {
		return toEvent(type, K2Event.DEFAULT_ACCOUNT);
	}

	/**
	 * Return the event that listeners get for this result to an account.
	 * @param <T> the type of the event
	 * @param type the type of the event, such as {@code StkPushResult.class}
	 * @param account the name of the account
	 * @return the event
	 * @throws IllegalArgumentException if the event has another type
	 */
	public <T extends K2Event> T toEvent(Class<T> type, String account) {
		return Events.of(this.json, type, account);
	}

	/**
	 * Return the event that listeners get if this result never comes and the follow-up of
	 * its request ends, a day after the request.
	 * @return the event, for the default account
	 */
	public UnresolvedK2Request toUnresolvedRequest() {
		K2ResultEvent result = toEvent(K2ResultEvent.class);
		URI location = result.linkSelf();
		Map<String, String> metadata = attributes().path("metadata")
			.propertyStream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().asString()));
		return new UnresolvedK2Request(result.account(), result.type(), result.id(),
				(location != null) ? new K2Location(location) : null, Instant.now().minus(Duration.ofDays(1)),
				metadata);
	}

	/**
	 * Return the till payment of a paid push.
	 * @return the resource of a buygoods transaction, a missing node if there is none
	 */
	JsonNode transaction() {
		return attributes().at("/event/resource");
	}

	private SimulatedResult inState(State newState) {
		if (newState == this.state) {
			return this;
		}
		ObjectNode body = this.json.object();
		((ObjectNode) body.at(ATTRIBUTES)).setAll(attributes(this.description, this.request, newState).retain(OUTCOME));
		return new SimulatedResult(this.description, this.request, newState, this.json.with(body), this.apiKey);
	}

	private SimulatedResult with(MessageJson changed) {
		return new SimulatedResult(this.description, this.request, this.state, changed, this.apiKey);
	}

	private static ObjectNode attributes(ResourceDescription description, ResourceRequest request, State state) {
		SimulatedOutcome outcome = description.outcome();
		return switch (state) {
			case PENDING -> outcome.pending(request);
			case FAILED -> request.body().has("payment_reference") ? PaymentLinks.cancelled(request).attributes()
					: outcome.pending(request).put("status", "Failed");
			case PAID -> {
				Completion completion = outcome.complete(request, ledgerFor(request));
				if (completion == null) {
					throw new IllegalStateException("There is no result of a " + description.type());
				}
				yield completion.attributes();
			}
		};
	}

	/**
	 * Return a ledger with the transaction that the request needs or finds.
	 */
	private static Ledger ledgerFor(ResourceRequest request) {
		Ledger ledger = new Ledger();
		ObjectNode transaction = SampleResources.buygoodsTransaction();
		transaction.put("reference", request.text("/transaction_reference", transaction.path("reference").asString()));
		ledger.received(transaction);
		return ledger;
	}

	private JsonNode attributes() {
		return this.json.rootObject();
	}

	/**
	 * Return the key that signs instead of that of the account.
	 */
	Optional<String> apiKey() {
		return Optional.ofNullable(this.apiKey);
	}

	@Override
	public String toString() {
		return json();
	}

	private enum State {

		PENDING, PAID, FAILED

	}

}
