package io.github.k2connect.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The types of results. The name of a constant in lower case is the type on the wire. A
 * request that a type names is followed up until its result is final.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@SuppressWarnings("ImmutableEnumChecker") // the list and the readers do not change
public enum ResultType {

	/**
	 * An STK push.
	 */
	INCOMING_PAYMENT("incoming_payments", StkPushResult::from),

	/**
	 * A payment to a recipient.
	 */
	PAYMENT("payments", PaymentResult::from),

	/**
	 * A transfer to the merchant's own account.
	 */
	SETTLEMENT_TRANSFER("settlement_transfers", SettlementTransferResult::from),

	/**
	 * A poll.
	 */
	POLLING("polling", PollingResult::from),

	/**
	 * A text message about a transaction.
	 */
	TRANSACTION_SMS_NOTIFICATION("transaction_sms_notifications", TransactionSmsNotificationResult::from),

	/**
	 * A request to send money, or a sweep.
	 */
	SEND_MONEY("send_money", SendMoneyResult::from),

	/**
	 * A reversal. Kopo Kopo has two names for its type, and may use one in the callback
	 * and the other in the response.
	 */
	REVERSAL("reversals", ReversalResult::from, "reversals"),

	/**
	 * A payment link.
	 */
	PAYMENT_LINK("payment_links", PaymentLinkResult::from);

	private static final Map<String, ResultType> BY_NAME = Arrays.stream(values())
		.flatMap((type) -> type.names.stream().map((name) -> Map.entry(name, type)))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	private final String resource;

	private final BiFunction<ResultEnvelope, JsonObject, K2ResultEvent> reader;

	private final List<String> names;

	ResultType(String resource, BiFunction<ResultEnvelope, JsonObject, K2ResultEvent> reader, String... otherNames) {
		this.resource = resource;
		this.reader = reader;
		this.names = Stream.concat(Stream.of(name().toLowerCase(Locale.ROOT)), Stream.of(otherNames)).toList();
	}

	/**
	 * Return the names of all types on the wire.
	 * @return the names
	 */
	public static Set<String> names() {
		return BY_NAME.keySet();
	}

	/**
	 * Return the name under which a type is stored and compared.
	 * @param name the type, as Kopo Kopo writes it
	 * @return the main name of the type, or the same name if the type is unknown
	 */
	public static String canonical(String name) {
		ResultType type = BY_NAME.get(name);
		return (type != null) ? type.value() : name;
	}

	/**
	 * Find the type of the result of a request.
	 * @param resource the last segment of the request's path
	 * @return the type, or empty if such requests have no result
	 */
	public static Optional<ResultType> startedBy(String resource) {
		return Arrays.stream(values()).filter((type) -> type.resource.equals(resource)).findAny();
	}

	/**
	 * Decode a result of any type.
	 * @param id the id of the resource
	 * @param account the name of the Kopo Kopo account that the result is for
	 * @param name the type, as Kopo Kopo writes it, or {@code null}
	 * @param data the resource
	 * @param body the body as received
	 * @return the result
	 * @throws UnreadableJsonException if the type is unknown, or the resource cannot be
	 * read
	 */
	public static K2ResultEvent decode(String id, String account, @Nullable String name, JsonObject data,
			RawJson body) {
		ResultType type = (name != null) ? BY_NAME.get(name) : null;
		if (name == null || type == null) {
			throw UnreadableJsonException.property("type", "a known type");
		}
		JsonObject attributes = data.object("attributes");
		return type.reader.apply(ResultEnvelope.from(id, account, name, attributes, body), attributes);
	}

	/**
	 * Return the main name on the wire.
	 * @return the name, for example {@code incoming_payment}
	 */
	public String value() {
		return this.names.get(0);
	}

	/**
	 * Return the last segment of the path of the requests that have such a result.
	 * @return the segment, for example {@code incoming_payments}
	 */
	public String resource() {
		return this.resource;
	}

	/**
	 * Return the decoder of the response to a status request.
	 * @param <R> the record
	 * @param record the record of this type
	 * @param account the name of the Kopo Kopo account that the result is for
	 * @return a function that decodes an object whose {@code data} is the resource, and
	 * throws {@link UnreadableJsonException} if the resource has another type, or cannot
	 * be read
	 */
	public <R extends K2ResultEvent> Function<JsonObject, R> status(Class<R> record, String account) {
		return (json) -> {
			JsonObject data = json.object("data");
			String id = data.requiredText("id");
			String name = data.text("type");
			if (name == null || BY_NAME.get(name) != this) {
				throw UnreadableJsonException.property("type", value());
			}
			return record.cast(decode(id, account, name, data, RawJson.of(json.source())));
		};
	}

}
