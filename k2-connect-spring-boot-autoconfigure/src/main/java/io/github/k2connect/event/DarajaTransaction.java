package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * A customer or another till paid to a till, told in the form of Safaricom's Daraja API,
 * which a subscription may ask for. Such a webhook names no topic, no event type and no
 * address.
 *
 * @param id the M-PESA reference, {@code TransID}
 * @param topic {@code daraja}
 * @param createdAt when the payment was made
 * @param eventType always {@code null}
 * @param linkSelf always {@code null}
 * @param linkResource always {@code null}
 * @param transactionType the type of the transaction, for example {@code Buy Goods}
 * @param transactionTime when the payment was made, in Nairobi's time
 * @param amount the amount paid
 * @param businessShortCode the till that was paid
 * @param billRefNumber the reference of the bill
 * @param invoiceNumber the number of the invoice
 * @param orgAccountBalance the balance after the payment
 * @param thirdPartyTransactionId the transaction's id in the merchant's system
 * @param msisdn the customer's phone number, a hash of it, or the till that paid
 * @param firstName the customer's first name
 * @param middleName the customer's middle name
 * @param lastName the customer's last name
 */
public record DarajaTransaction(String id, String topic, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String eventType, @Nullable URI linkSelf, @Nullable URI linkResource,
		@Nullable String transactionType, @PreserveOffset @Nullable OffsetDateTime transactionTime,
		@Nullable BigDecimal amount, @Nullable String businessShortCode, @Nullable String billRefNumber,
		@Nullable String invoiceNumber, @Nullable BigDecimal orgAccountBalance,
		@Nullable String thirdPartyTransactionId, @Nullable String msisdn, @Nullable String firstName,
		@Nullable String middleName, @Nullable String lastName) implements K2WebhookEvent {

	static final String TOPIC = "daraja";

	private static final ZoneOffset NAIROBI = ZoneOffset.ofHours(3);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
		.withResolverStyle(ResolverStyle.STRICT);

	static DarajaTransaction from(String id, JsonObject json) {
		OffsetDateTime time = time(json);
		return new DarajaTransaction(id, TOPIC, time, null, null, null, json.text("TransactionType"), time,
				json.amount("TransAmount"), json.text("BusinessShortCode"), json.text("BillRefNumber"),
				json.text("InvoiceNumber"), json.amount("OrgAccountBalance"),
				json.text(json.has("ThirdPartyTransID") ? "ThirdPartyTransID" : "ThirdPartyTransId"),
				json.text("MSISDN"), json.text("FirstName"), json.text("MiddleName"), json.text("LastName"));
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
