package io.github.k2connect.event;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.Sha256;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Decoder for the messages of Kopo Kopo. Two tables map topics and types to event
 * records.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class EventDecoder {

	private static final Map<String, BiFunction<WebhookEnvelope, JsonObject, K2WebhookEvent>> TOPICS = Map.ofEntries(
			Map.entry("buygoods_transaction_received", BuygoodsTransactionReceived::from),
			Map.entry("buygoods_transaction_reversed", BuygoodsTransactionReversed::from),
			Map.entry("b2b_transaction_received", B2bTransactionReceived::from),
			Map.entry("b2b_transaction_reversed", B2bTransactionReversed::from),
			Map.entry("m2m_transaction_received", MerchantToMerchantTransactionReceived::from),
			Map.entry("settlement_transfer_completed", SettlementTransferCompleted::from),
			Map.entry("customer_created", CustomerCreated::from),
			Map.entry("card_transaction_received", CardTransactionReceived::from),
			Map.entry("card_transaction_voided", CardTransactionVoided::from),
			Map.entry("card_transaction_reversed", CardTransactionReversed::from));

	private static final Map<String, BiFunction<ResultEnvelope, JsonObject, K2ResultEvent>> TYPES = Map.ofEntries(
			Map.entry("incoming_payment", StkPushResult::from), Map.entry("payment", PaymentResult::from),
			Map.entry("settlement_transfer", SettlementTransferResult::from), Map.entry("polling", PollingResult::from),
			Map.entry("transaction_sms_notification", TransactionSmsNotificationResult::from),
			Map.entry("send_money", SendMoneyResult::from), Map.entry("reversal", ReversalResult::from),
			Map.entry("reversals", ReversalResult::from), Map.entry("payment_link", PaymentLinkResult::from));

	private EventDecoder() {
	}

	/**
	 * Return the topics and types for which there is an event record.
	 * @return all topics and types
	 */
	public static Set<String> kinds() {
		return Stream.of(TOPICS.keySet(), TYPES.keySet(), Set.of(DarajaTransaction.TOPIC))
			.flatMap(Set::stream)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Decode a webhook or an asynchronous result of the {@link K2Event#DEFAULT_ACCOUNT}.
	 * @param body the body as received
	 * @return the event, an {@link UnrecognizedK2Event} if there is no record for it
	 * @throws UnreadableJsonException if the body is not exactly one JSON object or has
	 * no id
	 */
	public static K2Event decode(byte[] body) {
		return decode(body, JsonObject.parse(body));
	}

	/**
	 * Decode a webhook or an asynchronous result of the {@link K2Event#DEFAULT_ACCOUNT}.
	 * @param body the body as received
	 * @param json the body, parsed
	 * @return the event, an {@link UnrecognizedK2Event} if there is no record for it
	 * @throws UnreadableJsonException if it has no id
	 */
	public static K2Event decode(byte[] body, JsonObject json) {
		return decode(body, json, K2Event.DEFAULT_ACCOUNT);
	}

	/**
	 * Decode a webhook or an asynchronous result.
	 * @param body the body as received
	 * @param json the body, parsed
	 * @param account the name of the Kopo Kopo account that the message is for
	 * @return the event, an {@link UnrecognizedK2Event} if there is no record for it
	 * @throws UnreadableJsonException if it has no id
	 */
	public static K2Event decode(byte[] body, JsonObject json, String account) {
		RawBody raw = new RawBody(body);
		if (json.has("data")) {
			JsonObject data = json.object("data");
			return decode(raw, account, () -> data.text("id"), () -> data.text("type"),
					(id, type) -> result(id, account, type, data));
		}
		if (json.has("TransID") && !json.has("topic")) {
			return decode(raw, account, () -> json.text("TransID"), () -> DarajaTransaction.TOPIC,
					(id, topic) -> DarajaTransaction.from(id, account, json));
		}
		return decode(raw, account, () -> json.text("id"), () -> json.text("topic"),
				(id, topic) -> webhook(id, account, topic, json));
	}

	/**
	 * Decode the status of a request.
	 * @param <R> the type of the result
	 * @param json the response: an object whose {@code data} is the resource
	 * @param type the type of the result
	 * @param account the name of the Kopo Kopo account that the result is for
	 * @return the result
	 * @throws UnreadableJsonException if the resource has another type, or cannot be read
	 */
	public static <R extends K2ResultEvent> R decodeStatus(JsonObject json, Class<R> type, String account) {
		JsonObject data = json.object("data");
		K2ResultEvent result = result(data.requiredText("id"), account, data.text("type"), data);
		if (!type.isInstance(result)) {
			throw UnreadableJsonException.property("type", "that of a " + type.getSimpleName());
		}
		return type.cast(result);
	}

	private static K2Event decode(RawBody body, String account, Supplier<@Nullable String> idOf,
			Supplier<@Nullable String> kindOf, BiFunction<String, @Nullable String, K2Event> reader) {
		String id = null;
		String kind = null;
		try {
			id = idOf.get();
			kind = kindOf.get();
			if (StringUtils.hasText(id)) {
				return reader.apply(id, kind);
			}
		}
		catch (UnreadableJsonException ex) {
			return new UnrecognizedK2Event(StringUtils.hasText(id) ? id : Sha256.hex(body.bytes()), account, kind,
					body.text(), ex.getMessage());
		}
		throw UnreadableJsonException.missing("id");
	}

	private static K2WebhookEvent webhook(String id, String account, @Nullable String topic, JsonObject json) {
		BiFunction<WebhookEnvelope, JsonObject, K2WebhookEvent> reader = (topic != null) ? TOPICS.get(topic) : null;
		if (topic == null || reader == null) {
			throw UnreadableJsonException.property("topic", "a known topic");
		}
		return reader.apply(WebhookEnvelope.from(id, account, topic, json), json.object("event").object("resource"));
	}

	private static K2ResultEvent result(String id, String account, @Nullable String type, JsonObject data) {
		BiFunction<ResultEnvelope, JsonObject, K2ResultEvent> reader = (type != null) ? TYPES.get(type) : null;
		if (type == null || reader == null) {
			throw UnreadableJsonException.property("type", "a known type");
		}
		JsonObject attributes = data.object("attributes");
		return reader.apply(ResultEnvelope.from(id, account, type, attributes), attributes);
	}

}
