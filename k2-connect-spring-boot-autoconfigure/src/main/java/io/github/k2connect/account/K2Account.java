package io.github.k2connect.account;

import java.util.Optional;
import java.util.function.Function;

import io.github.k2connect.client.K2Client;
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
import io.github.k2connect.token.TokenStatus;
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
public abstract class K2Account {

	K2Account() {
	}

	/**
	 * Return the name of the account.
	 * @return the name, {@code default} for the account that is configured without one
	 */
	public abstract String name();

	/**
	 * Return the service for access tokens.
	 * @return the service of this account
	 */
	public abstract TokenService tokens();

	/**
	 * Return the service for STK pushes.
	 * @return the service of this account
	 */
	public StkService stk() {
		return service(StkService.class, StkService::new);
	}

	/**
	 * Return the service for payments in version 1.
	 * @return the service of this account
	 */
	public PayService pay() {
		return service(PayService.class, PayService::new);
	}

	/**
	 * Return the service for settlement accounts and transfers.
	 * @return the service of this account
	 */
	public SettlementTransferService settlement() {
		return service(SettlementTransferService.class, SettlementTransferService::new);
	}

	/**
	 * Return the service for polling.
	 * @return the service of this account
	 */
	public PollingService polling() {
		return service(PollingService.class, PollingService::new);
	}

	/**
	 * Return the service for SMS notifications.
	 * @return the service of this account
	 */
	public SmsNotificationService sms() {
		return service(SmsNotificationService.class, SmsNotificationService::new);
	}

	/**
	 * Return the service for webhook subscriptions.
	 * @return the service of this account
	 */
	public WebhookService webhooks() {
		return service(WebhookService.class, WebhookService::new);
	}

	/**
	 * Return the service for external recipients.
	 * @return the service of this account
	 */
	public ExternalRecipientService externalRecipients() {
		return service(ExternalRecipientService.class, ExternalRecipientService::new);
	}

	/**
	 * Return the service for sending money.
	 * @return the service of this account
	 */
	public SendMoneyService sendMoney() {
		return service(SendMoneyService.class, SendMoneyService::new);
	}

	/**
	 * Return the service for reversals.
	 * @return the service of this account
	 */
	public ReversalService reversals() {
		return service(ReversalService.class, ReversalService::new);
	}

	/**
	 * Return the service for payment links.
	 * @return the service of this account
	 */
	public PaymentLinkService paymentLinks() {
		return service(PaymentLinkService.class, PaymentLinkService::new);
	}

	/**
	 * Return the parser that verifies messages with this account's API keys.
	 * @return the parser of this account
	 */
	public abstract WebhookParser webhookParser();

	/**
	 * Return what is known of the account's token, without a call.
	 * @return the status, or empty if the account has no client id and client secret
	 */
	abstract Optional<TokenStatus> tokenStatus();

	/**
	 * Return the client that sends the account's access token.
	 */
	abstract K2Client client();

	/**
	 * Return a service.
	 * @param type the type of the service
	 * @param factory creates a service that uses the client
	 */
	abstract <T> T service(Class<T> type, Function<K2Client, T> factory);

}
