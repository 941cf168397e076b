package io.github.k2connect.account;

import io.github.k2connect.AccountName;
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
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookService;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/**
 * The default account. Its services are the beans that an application injects by type.
 */
final class BeanAccount implements K2Account {

	private final BeanFactory beans;

	BeanAccount(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public String name() {
		return AccountName.DEFAULT;
	}

	@Override
	public TokenService tokens() {
		return bean(TokenService.class);
	}

	@Override
	public StkService stk() {
		return bean(StkService.class);
	}

	@Override
	public PayService pay() {
		return bean(PayService.class);
	}

	@Override
	public SettlementTransferService settlement() {
		return bean(SettlementTransferService.class);
	}

	@Override
	public PollingService polling() {
		return bean(PollingService.class);
	}

	@Override
	public SmsNotificationService sms() {
		return bean(SmsNotificationService.class);
	}

	@Override
	public WebhookService webhooks() {
		return bean(WebhookService.class);
	}

	@Override
	public ExternalRecipientService externalRecipients() {
		return bean(ExternalRecipientService.class);
	}

	@Override
	public SendMoneyService sendMoney() {
		return bean(SendMoneyService.class);
	}

	@Override
	public ReversalService reversals() {
		return bean(ReversalService.class);
	}

	@Override
	public PaymentLinkService paymentLinks() {
		return bean(PaymentLinkService.class);
	}

	@Override
	public WebhookParser webhookParser() {
		return bean(WebhookParser.class);
	}

	K2Client client() {
		return bean(K2Client.class);
	}

	private <T> T bean(Class<T> type) {
		try {
			return this.beans.getBean(type);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException("The default account has no " + type.getSimpleName()
					+ ": its properties are not set, or the application has several such beans", ex);
		}
	}

}
