package io.github.k2connect.event;

import java.net.URI;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the merchant's account and that the application subscribed
 * to.
 */
public sealed interface K2WebhookEvent extends K2Event
		permits BuygoodsTransactionReceived, BuygoodsTransactionReversed, B2bTransactionReceived,
		B2bTransactionReversed, MerchantToMerchantTransactionReceived, SettlementTransferCompleted, CustomerCreated,
		CardTransactionReceived, CardTransactionVoided, CardTransactionReversed, DarajaTransaction {

	/**
	 * The topic of the subscription.
	 * @return the topic, as Kopo Kopo writes it; {@code daraja} for a message in the form
	 * of Daraja, which names none
	 */
	String topic();

	/**
	 * When Kopo Kopo made the webhook.
	 * @return the time with the offset as sent, or {@code null}
	 */
	@Nullable OffsetDateTime createdAt();

	/**
	 * Kopo Kopo's name for what happened, for example {@code Buygoods Transaction}.
	 * @return the name, or {@code null}
	 */
	@Nullable String eventType();

	/**
	 * The address of the webhook.
	 * @return the address, or {@code null}
	 */
	@Nullable URI linkSelf();

	/**
	 * The address of what the webhook is about.
	 * @return the address, or {@code null}
	 */
	@Nullable URI linkResource();

}
