package io.github.k2connect.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.k2connect.Scope;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.event.B2bTransactionReceived;
import io.github.k2connect.event.B2bTransactionReversed;
import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.BuygoodsTransactionReversed;
import io.github.k2connect.event.CardTransactionReceived;
import io.github.k2connect.event.CardTransactionReversed;
import io.github.k2connect.event.CardTransactionVoided;
import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.MerchantToMerchantTransactionReceived;
import io.github.k2connect.event.RawJson;
import io.github.k2connect.event.SettlementTransferCompleted;
import io.github.k2connect.event.WebhookEnvelope;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The topics of webhook subscriptions. Later versions may have more constants: give a
 * {@code switch} a default branch.
 */
public enum WebhookTopic {

	/**
	 * A customer paid to a till.
	 */
	BUYGOODS_TRANSACTION_RECEIVED(BuygoodsTransactionReceived::from, Scope.TILL),

	/**
	 * A customer's payment to a till was reversed.
	 */
	BUYGOODS_TRANSACTION_REVERSED(BuygoodsTransactionReversed::from, Scope.TILL),

	/**
	 * Another till paid to a till.
	 */
	B2B_TRANSACTION_RECEIVED(B2bTransactionReceived::from, Scope.TILL),

	/**
	 * Another till's payment to a till was reversed. Version 2 only.
	 */
	B2B_TRANSACTION_REVERSED(B2bTransactionReversed::from, Scope.TILL, ApiVersion.V2),

	/**
	 * Another merchant at Kopo Kopo paid. Version 1 only.
	 */
	M2M_TRANSACTION_RECEIVED(MerchantToMerchantTransactionReceived::from, Scope.COMPANY, ApiVersion.V1),

	/**
	 * The merchant's balance, or a part of it, was transferred to the merchant's own
	 * account.
	 */
	SETTLEMENT_TRANSFER_COMPLETED(SettlementTransferCompleted::from, Scope.COMPANY),

	/**
	 * A customer paid for the first time.
	 */
	CUSTOMER_CREATED(CustomerCreated::from, Scope.COMPANY),

	/**
	 * A customer paid by card. Version 2 only.
	 */
	CARD_TRANSACTION_RECEIVED(CardTransactionReceived::from, Scope.TILL, ApiVersion.V2),

	/**
	 * A customer's payment by card was voided. Version 2 only.
	 */
	CARD_TRANSACTION_VOIDED(CardTransactionVoided::from, Scope.TILL, ApiVersion.V2),

	/**
	 * A customer's payment by card was reversed. Version 2 only.
	 */
	CARD_TRANSACTION_REVERSED(CardTransactionReversed::from, Scope.TILL, ApiVersion.V2);

	private static final Map<String, WebhookTopic> BY_VALUE = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(WebhookTopic::value, Function.identity()));

	@SuppressWarnings("ImmutableEnumChecker") // a method reference has no state
	private final BiFunction<WebhookEnvelope, JsonObject, K2WebhookEvent> reader;

	private final Scope scope;

	private final @Nullable ApiVersion onlyVersion;

	WebhookTopic(BiFunction<WebhookEnvelope, JsonObject, K2WebhookEvent> reader, Scope scope) {
		this(reader, scope, null);
	}

	WebhookTopic(BiFunction<WebhookEnvelope, JsonObject, K2WebhookEvent> reader, Scope scope,
			@Nullable ApiVersion onlyVersion) {
		this.reader = reader;
		this.scope = scope;
		this.onlyVersion = onlyVersion;
	}

	static boolean hasDarajaPayload(String value) {
		WebhookTopic topic = BY_VALUE.get(value);
		return topic != null && topic.hasDarajaPayload();
	}

	static K2WebhookEvent decode(String id, String account, @Nullable String value, JsonObject json, RawJson body) {
		WebhookTopic topic = (value != null) ? BY_VALUE.get(value) : null;
		if (value == null || topic == null) {
			throw UnreadableJsonException.property("topic", "a known topic");
		}
		return topic.reader.apply(WebhookEnvelope.from(id, account, value, json, body),
				json.object("event").object("resource"));
	}

	/**
	 * Return the topic as Kopo Kopo writes it.
	 * @return for example {@code buygoods_transaction_received}
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the scope of the topic.
	 * @return {@link Scope#TILL} if a subscription is to one till or to the company,
	 * {@link Scope#COMPANY} if it is always to the company
	 */
	public Scope scope() {
		return this.scope;
	}

	/**
	 * Return whether a version of the API has the topic.
	 * @param version the version
	 * @return whether an application can subscribe with that version
	 */
	public boolean existsIn(ApiVersion version) {
		return this.onlyVersion == null || this.onlyVersion == version;
	}

	/**
	 * Return whether a subscription can choose the format of Safaricom's Daraja API. Only
	 * version 2 has the choice.
	 * @return whether the topic has webhooks in that format
	 */
	public boolean hasDarajaPayload() {
		return this == BUYGOODS_TRANSACTION_RECEIVED || this == B2B_TRANSACTION_RECEIVED;
	}

}
