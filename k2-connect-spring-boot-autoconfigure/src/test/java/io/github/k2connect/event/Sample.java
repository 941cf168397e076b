package io.github.k2connect.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

import io.github.k2connect.webhook.reception.ReceivedEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A full message of every kind, in the file of its name.
 */
public enum Sample {

	BUYGOODS_TRANSACTION_RECEIVED(BuygoodsTransactionReceived.class),

	BUYGOODS_TRANSACTION_REVERSED(BuygoodsTransactionReversed.class),

	B2B_TRANSACTION_RECEIVED(B2bTransactionReceived.class),

	B2B_TRANSACTION_REVERSED(B2bTransactionReversed.class),

	M2M_TRANSACTION_RECEIVED(MerchantToMerchantTransactionReceived.class),

	SETTLEMENT_TRANSFER_COMPLETED(SettlementTransferCompleted.class),

	CUSTOMER_CREATED(CustomerCreated.class),

	CARD_TRANSACTION_RECEIVED(CardTransactionReceived.class),

	CARD_TRANSACTION_VOIDED(CardTransactionVoided.class),

	CARD_TRANSACTION_REVERSED(CardTransactionReversed.class),

	DARAJA(DarajaTransaction.class),

	INCOMING_PAYMENT(StkPushResult.class),

	PAYMENT(PaymentResult.class),

	SETTLEMENT_TRANSFER(SettlementTransferResult.class),

	POLLING(PollingResult.class),

	TRANSACTION_SMS_NOTIFICATION(TransactionSmsNotificationResult.class),

	SEND_MONEY(SendMoneyResult.class),

	REVERSAL(ReversalResult.class),

	PAYMENT_LINK(PaymentLinkResult.class);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final Class<? extends K2Event> type;

	Sample(Class<? extends K2Event> type) {
		this.type = type;
	}

	Class<? extends K2Event> type() {
		return this.type;
	}

	/**
	 * The topic or type on the wire.
	 */
	String kind() {
		return name().toLowerCase(Locale.ROOT);
	}

	boolean isResult() {
		return K2ResultEvent.class.isAssignableFrom(this.type);
	}

	byte[] body() {
		String file = kind() + ".json";
		try (InputStream body = Objects.requireNonNull(Sample.class.getResourceAsStream(file), file)) {
			return body.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ObjectNode json() {
		return (ObjectNode) MAPPER.readTree(body());
	}

	/**
	 * Return a message of the same type that has only its identity.
	 */
	ObjectNode minimal() {
		ObjectNode minimal = MAPPER.createObjectNode();
		if (this == DARAJA) {
			return minimal.put("TransID", "id-1");
		}
		ObjectNode identified = isResult() ? minimal.putObject("data") : minimal;
		identified.put("id", "id-1").put(isResult() ? "type" : "topic", kind());
		return minimal;
	}

	public K2Event event() {
		return decode(body());
	}

	static K2Event decode(JsonNode json) {
		return decode(MAPPER.writeValueAsBytes(json));
	}

	static K2Event decode(String json) {
		return decode(json.getBytes(StandardCharsets.UTF_8));
	}

	static K2Event decode(byte[] body) {
		return ReceivedEvent.decode(body, K2Event.DEFAULT_ACCOUNT).event();
	}

}
