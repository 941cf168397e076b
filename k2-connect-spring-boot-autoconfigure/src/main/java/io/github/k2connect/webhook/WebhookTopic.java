package io.github.k2connect.webhook;

import java.util.Locale;

/**
 * The topics of webhook subscriptions.
 */
public enum WebhookTopic {

	/**
	 * A customer paid to a till.
	 */
	BUYGOODS_TRANSACTION_RECEIVED,

	/**
	 * A customer's payment to a till was reversed.
	 */
	BUYGOODS_TRANSACTION_REVERSED,

	/**
	 * Another till paid to a till.
	 */
	B2B_TRANSACTION_RECEIVED,

	/**
	 * Another till's payment to a till was reversed. Version 2 only.
	 */
	B2B_TRANSACTION_REVERSED,

	/**
	 * Another merchant at Kopo Kopo paid. Version 1 only.
	 */
	M2M_TRANSACTION_RECEIVED,

	/**
	 * The merchant's balance, or a part of it, was transferred to the merchant's own
	 * account.
	 */
	SETTLEMENT_TRANSFER_COMPLETED,

	/**
	 * A customer paid for the first time.
	 */
	CUSTOMER_CREATED,

	/**
	 * A customer paid by card. Version 2 only.
	 */
	CARD_TRANSACTION_RECEIVED,

	/**
	 * A customer's payment by card was voided. Version 2 only.
	 */
	CARD_TRANSACTION_VOIDED,

	/**
	 * A customer's payment by card was reversed. Version 2 only.
	 */
	CARD_TRANSACTION_REVERSED;

	/**
	 * Return the topic as Kopo Kopo writes it.
	 * @return for example {@code buygoods_transaction_received}
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
