package io.github.k2connect.test;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.BuygoodsTransactionReversed;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.TillTransaction;
import io.github.k2connect.webhook.MalformedWebhookException;
import io.github.k2connect.webhook.WebhookTopic;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhook as Kopo Kopo sends it, to be delivered with
 * {@link K2Simulator#deliver(SimulatedWebhook)}, or to be passed to a listener as
 * {@link #toEvent(Class)}. Each factory method creates a webhook with Kenyan sample data
 * and new identifiers. {@link #with(String, Object)} changes it. Immutable: each change
 * returns a new webhook.
 */
public final class SimulatedWebhook {

	private static final String RESOURCE = "/event/resource";

	private static final String RESOURCE_LINK = "/_links/resource";

	private static final List<String> PAYER_NUMBERS = List.of("sender_phone_number", "phone_number");

	private final MessageJson json;

	private final @Nullable String apiKey;

	private SimulatedWebhook(MessageJson json, @Nullable String apiKey) {
		this.json = json;
		this.apiKey = apiKey;
	}

	/**
	 * Create the webhook of a payment that a till has received.
	 * @return a {@code buygoods_transaction_received}
	 */
	public static SimulatedWebhook buygoodsTransactionReceived() {
		return of(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED, "Buygoods Transaction",
				SampleResources.buygoodsTransaction());
	}

	/**
	 * Create the webhook of the payment of an STK push. Kopo Kopo sends it in addition to
	 * the result, with the same M-PESA reference.
	 * @param result the result of the push, which was paid
	 * @return a {@code buygoods_transaction_received}
	 * @throws IllegalArgumentException when the result has no payment to a till
	 */
	public static SimulatedWebhook buygoodsTransactionReceived(SimulatedResult result) {
		if (result.transaction() instanceof ObjectNode transaction) {
			return buygoodsTransactionReceived().withResource(transaction);
		}
		throw new IllegalArgumentException("The result has no payment to a till");
	}

	/**
	 * Create the webhook of a till payment that was reversed.
	 * @return a {@code buygoods_transaction_reversed}
	 */
	public static SimulatedWebhook buygoodsTransactionReversed() {
		return of(WebhookTopic.BUYGOODS_TRANSACTION_REVERSED, "Buygoods Transaction",
				SampleResources.buygoodsTransaction().put("status", "Reversed"));
	}

	/**
	 * Create the webhook of a payment from another business's till.
	 * @return a {@code b2b_transaction_received}
	 */
	public static SimulatedWebhook b2bTransactionReceived() {
		return of(WebhookTopic.B2B_TRANSACTION_RECEIVED, "External Till to Till Transaction",
				SampleResources.b2bTransaction());
	}

	/**
	 * Create the webhook of a payment from another till that was reversed.
	 * @return a {@code b2b_transaction_reversed}
	 */
	public static SimulatedWebhook b2bTransactionReversed() {
		return of(WebhookTopic.B2B_TRANSACTION_REVERSED, "External Till To Till Reversal Transaction",
				SampleResources.b2bTransaction().put("status", "Reversed"));
	}

	/**
	 * Create the webhook of a payment from another Kopo Kopo merchant.
	 * @return a {@code m2m_transaction_received}
	 */
	public static SimulatedWebhook m2mTransactionReceived() {
		return of(WebhookTopic.M2M_TRANSACTION_RECEIVED, "Merchant to Merchant Transaction",
				SampleResources.merchantToMerchantTransaction());
	}

	/**
	 * Create the webhook of a settlement to a bank account.
	 * @return a {@code settlement_transfer_completed}
	 */
	public static SimulatedWebhook settlementTransferCompletedToBankAccount() {
		return settlementTransferCompleted("Bank Account", SampleResources.bankAccount());
	}

	/**
	 * Create the webhook of a settlement to a mobile wallet.
	 * @return a {@code settlement_transfer_completed}
	 */
	public static SimulatedWebhook settlementTransferCompletedToMobileWallet() {
		return settlementTransferCompleted("Mobile Wallet", SampleResources.mobileWallet());
	}

	/**
	 * Create the webhook of a customer who paid for the first time. It has no resource
	 * id.
	 * @return a {@code customer_created}
	 */
	public static SimulatedWebhook customerCreated() {
		return of(WebhookTopic.CUSTOMER_CREATED, "Customer Created", SampleResources.customer());
	}

	/**
	 * Create the webhook of a card payment.
	 * @return a {@code card_transaction_received}
	 */
	public static SimulatedWebhook cardTransactionReceived() {
		return of(WebhookTopic.CARD_TRANSACTION_RECEIVED, "Card Transaction",
				SampleResources.cardTransaction("Received").put("settled", false));
	}

	/**
	 * Create the webhook of a card payment that was voided before its settlement.
	 * @return a {@code card_transaction_voided}
	 */
	public static SimulatedWebhook cardTransactionVoided() {
		return of(WebhookTopic.CARD_TRANSACTION_VOIDED, "Card Transaction", SampleResources.cardTransaction("Voided"));
	}

	/**
	 * Create the webhook of a card payment that was reversed.
	 * @return a {@code card_transaction_reversed}
	 */
	public static SimulatedWebhook cardTransactionReversed() {
		return of(WebhookTopic.CARD_TRANSACTION_REVERSED, "Card Transaction",
				SampleResources.cardTransaction("Reversed"));
	}

	/**
	 * Create the webhook of a received till payment in the format of Safaricom's Daraja
	 * API, without topic and with properties that begin with capitals.
	 * @return a payload with a {@code TransID}
	 */
	public static SimulatedWebhook darajaTransaction() {
		return buygoodsTransactionReceived().inDarajaForm();
	}

	/**
	 * Create a webhook with a body that is delivered unchanged, JSON or not.
	 * @param json the body
	 * @return the webhook
	 */
	public static SimulatedWebhook of(String json) {
		return new SimulatedWebhook(MessageJson.custom(json), null);
	}

	static SimulatedWebhook settlementTransferCompleted(String destinationType, ObjectNode destination) {
		return of(WebhookTopic.SETTLEMENT_TRANSFER_COMPLETED, "Settlement Transfer",
				SampleResources.settlementTransfer(destinationType, destination));
	}

	private static SimulatedWebhook of(WebhookTopic topic, String eventType, ObjectNode resource) {
		String id = Identifiers.id();
		String origin = "https://sandbox.kopokopo.com/api/v1/";
		ObjectNode json = Json.object()
			.put("topic", topic.value())
			.put("id", id)
			.put("created_at", NairobiTime.format(Instant.now()));
		json.putObject("event").put("type", eventType).set("resource", resource);
		json.putObject("_links")
			.put("self", origin + "webhook_events/" + id)
			.put("resource", origin + "financial_transaction/" + Identifiers.id());
		return new SimulatedWebhook(MessageJson.of(json, RESOURCE), null).linked();
	}

	/**
	 * Set a property of {@code event.resource}, or of the body itself for the Daraja
	 * format and a custom body. The link to the resource changes with its id, and
	 * {@code hashed_sender_phone} with {@code sender_phone_number}.
	 * @param property name on the wire, such as {@code amount}; a property of an inner
	 * object has a dot between its names, as in {@code destination.type}
	 * @param value a text, number, boolean, {@code Map} or {@code Iterable}, which is
	 * written as JSON, or {@code null}
	 * @return the changed webhook
	 * @throws IllegalArgumentException when Kopo Kopo's webhook has no such property; a
	 * custom body may have any
	 * @throws IllegalStateException when the body is not a JSON object
	 */
	public SimulatedWebhook with(String property, @Nullable Object value) {
		SimulatedWebhook changed = with(this.json.with(property, value));
		return (this.json.root().equals(RESOURCE) && property.equals("id")) ? changed.linked() : changed;
	}

	/**
	 * Remove a property, as {@link #with(String, Object)} sets it.
	 * @param property name as for {@link #with(String, Object)}
	 * @return the changed webhook
	 * @throws IllegalStateException when the body is not a JSON object
	 */
	public SimulatedWebhook without(String property) {
		return with(this.json.without(property));
	}

	/**
	 * Sign with another key than that of the account to which the webhook is delivered.
	 * @param otherKey the key, for example the API key of another account
	 * @return the changed webhook
	 */
	public SimulatedWebhook signedWith(String otherKey) {
		return new SimulatedWebhook(this.json, otherKey);
	}

	/**
	 * Mask the phone number of the payer, as M-PESA does: digits are replaced by
	 * asterisks. {@code hashed_sender_phone} remains the hash of the whole number.
	 * @return the changed webhook, the same if it has no phone number
	 * @throws IllegalStateException when the body is not a JSON object
	 */
	public SimulatedWebhook maskedSenderPhone() {
		SimulatedWebhook changed = this;
		for (String property : PAYER_NUMBERS) {
			JsonNode phoneNumber = this.json.rootObject().path(property);
			if (phoneNumber.isString()) {
				changed = changed.with(property, PhoneNumbers.masked(phoneNumber.stringValue()));
			}
		}
		return changed;
	}

	/**
	 * Change this webhook of a till payment to the format of Safaricom's Daraja API,
	 * without topic and with properties that begin with capitals.
	 * @return the changed webhook
	 * @throws IllegalStateException when the body is not a JSON object
	 */
	public SimulatedWebhook inDarajaForm() {
		return new SimulatedWebhook(MessageJson.of(DarajaForm.of(topic(), resource()), ""), this.apiKey);
	}

	/**
	 * Set the id of the webhook itself.
	 * @param id the id
	 * @return the changed webhook
	 * @throws IllegalStateException when the body is not a JSON object
	 */
	public SimulatedWebhook withId(String id) {
		return with(this.json.set("/id", id));
	}

	/**
	 * Set when the webhook was created.
	 * @param createdAt the time, written with its offset
	 * @return the changed webhook
	 * @throws IllegalStateException when the body is not a JSON object
	 */
	public SimulatedWebhook withCreatedAt(OffsetDateTime createdAt) {
		return with(this.json.set("/created_at", createdAt.toString()));
	}

	/**
	 * Return the body as it is delivered.
	 * @return the body, JSON unless created from another text
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
	 * Return the event that listeners of the default account get for this webhook,
	 * without a server: for unit tests.
	 * @return the event, an {@link io.github.k2connect.event.UnrecognizedK2Event} if
	 * there is no record for it
	 * @throws MalformedWebhookException if the body is not exactly one JSON object or has
	 * no id
	 */
	public K2Event toEvent() {
		return Events.of(this.json, K2Event.DEFAULT_ACCOUNT);
	}

	/**
	 * Return the event, as {@link #toEvent()}, with its type.
	 * @param <T> the type of the event
	 * @param type the type of the event, such as
	 * {@code BuygoodsTransactionReceived.class}
	 * @return the event
	 * @throws IllegalArgumentException if the event has another type
	 */
	public <T extends K2Event> T toEvent(Class<T> type) {
		return toEvent(type, K2Event.DEFAULT_ACCOUNT);
	}

	/**
	 * Return the event that listeners get for this webhook to an account.
	 * @param <T> the type of the event
	 * @param type the type of the event, such as
	 * {@code BuygoodsTransactionReceived.class}
	 * @param account the name of the account
	 * @return the event
	 * @throws IllegalArgumentException if the event has another type
	 */
	public <T extends K2Event> T toEvent(Class<T> type, String account) {
		return Events.of(this.json, type, account);
	}

	/**
	 * Return the event that listeners get if this webhook of a payment to a till never
	 * comes and reconciliation finds the payment.
	 * @return the event, for the default account
	 * @throws IllegalArgumentException if it is the webhook of something else
	 */
	public MissedTillPayment toMissedTillPayment() {
		BuygoodsTransactionReceived payment = toEvent(BuygoodsTransactionReceived.class);
		return new MissedTillPayment(payment.account(), polled(payment.transaction()));
	}

	/**
	 * Return the event that listeners get if this webhook of a reversed payment never
	 * comes and reconciliation finds the reversal.
	 * @return the event, for the default account
	 * @throws IllegalArgumentException if it is the webhook of something else
	 */
	public MissedTillReversal toMissedTillReversal() {
		BuygoodsTransactionReversed payment = toEvent(BuygoodsTransactionReversed.class);
		return new MissedTillReversal(payment.account(), polled(payment.transaction()));
	}

	private static PolledTransaction polled(@Nullable TillTransaction transaction) {
		return new PolledTransaction("Buygoods Transaction", transaction);
	}

	String topic() {
		return this.json.read().map((body) -> body.path("topic").asString("")).orElse("");
	}

	JsonNode resource() {
		return this.json.object().at(RESOURCE);
	}

	String tillNumber() {
		return resource().path("till_number").asString("");
	}

	/**
	 * Return the key that signs instead of that of the account.
	 */
	Optional<String> apiKey() {
		return Optional.ofNullable(this.apiKey);
	}

	SimulatedWebhook withResource(ObjectNode resource) {
		return with(this.json.set(RESOURCE, resource)).linked();
	}

	/**
	 * Set the resource's id in the link to the resource, if it has an id.
	 */
	private SimulatedWebhook linked() {
		String id = resource().path("id").asString("");
		String link = this.json.object().at(RESOURCE_LINK).asString("");
		return id.isEmpty() ? this : with(this.json.set(RESOURCE_LINK,
				link.substring(0, link.lastIndexOf('/') + 1) + URLEncoder.encode(id, StandardCharsets.UTF_8)));
	}

	private SimulatedWebhook with(MessageJson changed) {
		return new SimulatedWebhook(changed, this.apiKey);
	}

	@Override
	public String toString() {
		return json();
	}

}
