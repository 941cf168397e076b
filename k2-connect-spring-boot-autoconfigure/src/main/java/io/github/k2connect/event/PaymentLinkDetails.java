package io.github.k2connect.event;

import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A payment link, and the payment that was made with it.
 *
 * @param status {@code Active}, {@code Paid}, {@code Cancelled} or {@code Expired}
 * @param expiresAt when the link expires
 * @param initiatorName the name of the person who created the link
 * @param link the link for the customer, absolute or relative
 * @param transactionReference the M-PESA reference, once paid
 * @param senderPhoneNumber the customer's phone number, once paid
 * @param originationTime when the customer paid
 */
public record PaymentLinkDetails(@Nullable String status, @PreserveOffset @Nullable OffsetDateTime expiresAt,
		@Nullable String initiatorName, @Nullable String link, @Nullable String transactionReference,
		@Nullable String senderPhoneNumber, @PreserveOffset @Nullable OffsetDateTime originationTime) {

	static PaymentLinkDetails from(JsonObject json) {
		return new PaymentLinkDetails(json.has("status") ? json.text("status") : json.text("payment_link_status"),
				json.time("expires_at"), json.text("initiator_name"), json.text("link"),
				json.text("transaction_reference"), json.text("sender_phone_number"), json.time("origination_time"));
	}

}
