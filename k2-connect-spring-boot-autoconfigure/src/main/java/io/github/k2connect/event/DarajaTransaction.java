package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A customer or another till paid to a till. This webhook has the format of Safaricom's
 * Daraja API, which is an option of a subscription. Kopo Kopo sends no topic, no event
 * type and no URL in this format. The id of the event is the M-PESA reference,
 * {@code TransID}, and its topic is {@code daraja}.
 *
 * @param envelope the properties that all webhooks have
 * @param transactionType the type of the transaction, for example {@code Buy Goods}
 * @param transactionTime when the payment was made, in Nairobi's time
 * @param amount the amount paid
 * @param businessShortCode the till that was paid
 * @param billRefNumber the reference of the bill
 * @param invoiceNumber the number of the invoice
 * @param orgAccountBalance the balance after the payment
 * @param thirdPartyTransactionId the transaction's id in the merchant's system
 * @param payer the customer or the till that paid, {@code null} when Kopo Kopo sends none
 */
public record DarajaTransaction(WebhookEnvelope envelope, @Nullable String transactionType,
		@PreserveOffset @Nullable OffsetDateTime transactionTime, @Nullable BigDecimal amount,
		@Nullable String businessShortCode, @Nullable String billRefNumber, @Nullable String invoiceNumber,
		@Nullable BigDecimal orgAccountBalance, @Nullable String thirdPartyTransactionId,
		@Nullable DarajaPayer payer) implements K2WebhookEvent {

	/**
	 * The topic of the event.
	 */
	public static final String TOPIC = "daraja";

	private static final ZoneOffset NAIROBI = ZoneOffset.ofHours(3);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
		.withResolverStyle(ResolverStyle.STRICT);

	/**
	 * Return who paid.
	 * @return the customer's phone number, a hash of it, or the till that paid, or
	 * {@code null}
	 */
	public @Nullable String msisdn() {
		return (this.payer != null) ? this.payer.msisdn() : null;
	}

	/**
	 * Return the customer's first name.
	 * @return the first name, or {@code null}
	 */
	public @Nullable String firstName() {
		return (this.payer != null) ? this.payer.firstName() : null;
	}

	/**
	 * Return the customer's middle name.
	 * @return the middle name, or {@code null}
	 */
	public @Nullable String middleName() {
		return (this.payer != null) ? this.payer.middleName() : null;
	}

	/**
	 * Return the customer's last name.
	 * @return the last name, or {@code null}
	 */
	public @Nullable String lastName() {
		return (this.payer != null) ? this.payer.lastName() : null;
	}

	/**
	 * Read the event.
	 * @param id the id of the event
	 * @param account the name of the Kopo Kopo account that the event is for
	 * @param json the message
	 * @param body the body as received
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static DarajaTransaction from(String id, String account, JsonObject json, RawJson body) {
		OffsetDateTime time = time(json);
		WebhookEnvelope envelope = new WebhookEnvelope(id, account, TOPIC, time, null, null, null, body);
		return new DarajaTransaction(envelope, json.text("TransactionType"), time, json.amount("TransAmount"),
				json.text("BusinessShortCode"), json.text("BillRefNumber"), json.text("InvoiceNumber"),
				json.amount("OrgAccountBalance"),
				json.text(json.has("ThirdPartyTransID") ? "ThirdPartyTransID" : "ThirdPartyTransId"),
				DarajaPayer.from(json));
	}

	private static @Nullable OffsetDateTime time(JsonObject json) {
		String text = json.text("TransTime");
		try {
			return (text != null && !text.isBlank()) ? LocalDateTime.parse(text.strip(), TIME).atOffset(NAIROBI) : null;
		}
		catch (DateTimeException ex) {
			throw UnreadableJsonException.property("TransTime", "a time");
		}
	}

}
