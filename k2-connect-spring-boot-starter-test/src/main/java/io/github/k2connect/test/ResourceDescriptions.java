package io.github.k2connect.test;

import java.util.List;

/**
 * Every kind of resource that the API has.
 */
final class ResourceDescriptions {

	private ResourceDescriptions() {
	}

	static List<ResourceDescription> all(PayerNumbers payerNumbers, Phones phones, Strictness strictness) {
		return List.of(WebhookSubscriptions.description(), IncomingPayments.description(payerNumbers, phones),
				Recipients.payRecipients(strictness), Payments.description(), MerchantAccounts.bankAccounts(),
				MerchantAccounts.wallets(), SettlementTransfers.description(), Polls.description(),
				SmsNotifications.description(), Recipients.externalRecipients(strictness), SendMoney.description(),
				Reversals.description(), PaymentLinks.description(payerNumbers));
	}

}
