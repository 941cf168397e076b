package io.github.k2connect.event;

import java.net.URI;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * An event in the merchant's account to which the application has subscribed. Later
 * versions may have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface K2WebhookEvent extends K2Event
		permits BuygoodsTransactionReceived, BuygoodsTransactionReversed, B2bTransactionReceived,
		B2bTransactionReversed, MerchantToMerchantTransactionReceived, SettlementTransferCompleted, CustomerCreated,
		CardTransactionReceived, CardTransactionVoided, CardTransactionReversed, DarajaTransaction {

	/**
	 * Return the properties that all webhooks have.
	 * @return the envelope
	 */
	WebhookEnvelope envelope();

	@Override
	default String id() {
		return envelope().id();
	}

	@Override
	default String account() {
		return envelope().account();
	}

	@Override
	default @Nullable String rawJson() {
		return envelope().body().text();
	}

	/**
	 * Return the topic of the subscription.
	 * @return the topic, as Kopo Kopo writes it; {@code daraja} for a message in the
	 * format of Daraja, which has no topic
	 */
	default String topic() {
		return envelope().topic();
	}

	/**
	 * Return when Kopo Kopo created the webhook.
	 * @return the time with its original offset, or {@code null}
	 */
	default @Nullable OffsetDateTime createdAt() {
		return envelope().createdAt();
	}

	/**
	 * Return Kopo Kopo's name for what happened, for example
	 * {@code Buygoods Transaction}.
	 * @return the name, or {@code null}
	 */
	default @Nullable String eventType() {
		return envelope().eventType();
	}

	/**
	 * Return the URL of the webhook.
	 * @return the URL, or {@code null} if there is none, or it is malformed
	 */
	default @Nullable URI linkSelf() {
		return Links.parse(envelope().linkSelf());
	}

	/**
	 * Return the URL of the resource that the webhook is about.
	 * @return the URL, or {@code null} if there is none, or it is malformed
	 */
	default @Nullable URI linkResource() {
		return Links.parse(envelope().linkResource());
	}

}
