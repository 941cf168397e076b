package io.github.k2connect.account;

import java.util.Optional;
import java.util.function.Supplier;

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
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookService;

import org.springframework.util.function.SingletonSupplier;

/**
 * An account with its own settings. Its services and its parser are created on first use.
 */
final class SettingsAccount implements K2Account {

	private final String name;

	private final K2AccountSettings settings;

	private final SingletonSupplier<Connection> connection;

	private final SingletonSupplier<WebhookParser> webhookParser;

	SettingsAccount(String name, K2AccountSettings settings, Supplier<Connection> connection) {
		this.name = name;
		this.settings = settings;
		this.connection = SingletonSupplier.of(connection);
		this.webhookParser = SingletonSupplier.of(this::createWebhookParser);
	}

	/**
	 * Return the settings with which the account was created.
	 */
	K2AccountSettings settings() {
		return this.settings;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public TokenService tokens() {
		return this.connection.obtain().tokens();
	}

	@Override
	public StkService stk() {
		return new StkService(client());
	}

	@Override
	public PayService pay() {
		return new PayService(client());
	}

	@Override
	public SettlementTransferService settlement() {
		return new SettlementTransferService(client());
	}

	@Override
	public PollingService polling() {
		return new PollingService(client());
	}

	@Override
	public SmsNotificationService sms() {
		return new SmsNotificationService(client());
	}

	@Override
	public WebhookService webhooks() {
		return new WebhookService(client());
	}

	@Override
	public ExternalRecipientService externalRecipients() {
		return new ExternalRecipientService(client());
	}

	@Override
	public SendMoneyService sendMoney() {
		return new SendMoneyService(client());
	}

	@Override
	public ReversalService reversals() {
		return new ReversalService(client());
	}

	@Override
	public PaymentLinkService paymentLinks() {
		return new PaymentLinkService(client());
	}

	@Override
	public WebhookParser webhookParser() {
		return this.webhookParser.obtain();
	}

	/**
	 * Find the parser.
	 * @return the parser, or empty if the account has no API key
	 */
	Optional<WebhookParser> findWebhookParser() {
		return (this.settings.apiKey() != null) ? Optional.of(webhookParser()) : Optional.empty();
	}

	K2Client client() {
		return this.connection.obtain().client();
	}

	private WebhookParser createWebhookParser() {
		String apiKey = this.settings.apiKey();
		if (apiKey == null) {
			throw new IllegalStateException("Account '" + this.name + "' has no API key");
		}
		return new WebhookParser(new SignatureVerifier(apiKey, this.settings.previousApiKeys()), this.name);
	}

	/**
	 * The connection of one account to Kopo Kopo.
	 *
	 * @param tokens the access tokens of the account
	 * @param client the client that sends them
	 */
	record Connection(TokenService tokens, K2Client client) {

	}

}
