package io.github.k2connect.test;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Messages that the page sends, each with sample data. The names are those of the methods
 * that create them.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum SampleMessage {

	BUYGOODS_TRANSACTION_RECEIVED("Payment to a till", webhook(SimulatedWebhook::buygoodsTransactionReceived)),

	BUYGOODS_TRANSACTION_REVERSED("Payment to a till, reversed",
			webhook(SimulatedWebhook::buygoodsTransactionReversed)),

	DARAJA_TRANSACTION("Payment to a till, in Daraja's format", webhook(SimulatedWebhook::darajaTransaction)),

	B2B_TRANSACTION_RECEIVED("Payment from another till", webhook(SimulatedWebhook::b2bTransactionReceived)),

	B2B_TRANSACTION_REVERSED("Payment from another till, reversed", webhook(SimulatedWebhook::b2bTransactionReversed)),

	M2M_TRANSACTION_RECEIVED("Payment from a merchant", webhook(SimulatedWebhook::m2mTransactionReceived)),

	SETTLEMENT_TRANSFER_COMPLETED_TO_BANK_ACCOUNT("Settlement to a bank account",
			webhook(SimulatedWebhook::settlementTransferCompletedToBankAccount)),

	SETTLEMENT_TRANSFER_COMPLETED_TO_MOBILE_WALLET("Settlement to a mobile wallet",
			webhook(SimulatedWebhook::settlementTransferCompletedToMobileWallet)),

	CUSTOMER_CREATED("New customer", webhook(SimulatedWebhook::customerCreated)),

	CARD_TRANSACTION_RECEIVED("Card payment", webhook(SimulatedWebhook::cardTransactionReceived)),

	CARD_TRANSACTION_VOIDED("Card payment, voided", webhook(SimulatedWebhook::cardTransactionVoided)),

	CARD_TRANSACTION_REVERSED("Card payment, reversed", webhook(SimulatedWebhook::cardTransactionReversed)),

	STK_PUSH("Result of an STK push", result(SimulatedResult::stkPush)),

	PAYMENT("Result of a payment", result(SimulatedResult::payment)),

	SETTLEMENT_TRANSFER("Result of a settlement transfer", result(SimulatedResult::settlementTransfer)),

	SEND_MONEY("Result of sending money", result(SimulatedResult::sendMoney)),

	REVERSAL("Result of a reversal", result(SimulatedResult::reversal)),

	PAYMENT_LINK("Result of a payment link", result(SimulatedResult::paymentLink)),

	POLLING("Result of polling", result(SimulatedResult::polling)),

	TRANSACTION_SMS_NOTIFICATION("Result of an SMS notification", result(SimulatedResult::transactionSmsNotification));

	private final String label;

	private final Supplier<String> json;

	SampleMessage(String label, Supplier<String> json) {
		this.label = label;
		this.json = json;
	}

	private static Supplier<String> webhook(Supplier<SimulatedWebhook> webhook) {
		return () -> webhook.get().json();
	}

	private static Supplier<String> result(Supplier<SimulatedResult> result) {
		return () -> result.get().json();
	}

	/**
	 * Return the message with an id.
	 * @return the message, a payment to a till when no message has the id
	 */
	static SampleMessage of(String id) {
		for (SampleMessage message : values()) {
			if (message.id().equals(id)) {
				return message;
			}
		}
		return BUYGOODS_TRANSACTION_RECEIVED;
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	String label() {
		return this.label;
	}

	/**
	 * Create the message, with new identifiers.
	 */
	MessageJson create() {
		return MessageJson.custom(this.json.get());
	}

}
