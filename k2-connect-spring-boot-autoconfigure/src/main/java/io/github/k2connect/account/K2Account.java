package io.github.k2connect.account;

import io.github.k2connect.pay.PayService;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookService;

/**
 * A Kopo Kopo account with its services. Do not store it: call
 * {@link K2Accounts#get(String)} each time to use the current settings.
 * <p>
 * The methods that return a service throw {@link IllegalStateException} if the account
 * has no client id and client secret. {@link #webhookParser()} throws it if the account
 * has no API key.
 */
public interface K2Account {

	/**
	 * Return the name of the account.
	 * @return the name, {@code default} for the account that is configured without one
	 */
	String name();

	/**
	 * Return the service for access tokens.
	 * @return the service of this account
	 */
	TokenService tokens();

	/**
	 * Return the service for STK pushes.
	 * @return the service of this account
	 */
	StkService stk();

	/**
	 * Return the service for payments in version 1.
	 * @return the service of this account
	 */
	PayService pay();

	/**
	 * Return the service for settlement accounts and transfers.
	 * @return the service of this account
	 */
	SettlementTransferService settlement();

	/**
	 * Return the service for polling.
	 * @return the service of this account
	 */
	PollingService polling();

	/**
	 * Return the service for SMS notifications.
	 * @return the service of this account
	 */
	SmsNotificationService sms();

	/**
	 * Return the service for webhook subscriptions.
	 * @return the service of this account
	 */
	WebhookService webhooks();

	/**
	 * Return the service for external recipients.
	 * @return the service of this account
	 */
	ExternalRecipientService externalRecipients();

	/**
	 * Return the service for sending money.
	 * @return the service of this account
	 */
	SendMoneyService sendMoney();

	/**
	 * Return the service for reversals.
	 * @return the service of this account
	 */
	ReversalService reversals();

	/**
	 * Return the service for payment links.
	 * @return the service of this account
	 */
	PaymentLinkService paymentLinks();

	/**
	 * Return the parser that verifies messages with this account's API keys.
	 * @return the parser of this account
	 */
	WebhookParser webhookParser();

}
