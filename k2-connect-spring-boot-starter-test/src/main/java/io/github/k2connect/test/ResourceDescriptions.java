package io.github.k2connect.test;

import java.util.List;

/**
 * Every kind of resource that the API has.
 */
final class ResourceDescriptions {

	private ResourceDescriptions() {
	}

	static List<ResourceDescription> all(Subscriptions subscriptions) {
		return List.of(WebhookSubscriptions.description(subscriptions), IncomingPayments.description(),
				Recipients.payRecipients(), Payments.description(), MerchantAccounts.bankAccounts(),
				MerchantAccounts.wallets(), SettlementTransfers.description(), Polls.description(),
				SmsNotifications.description(), Recipients.externalRecipients(), SendMoney.description(),
				Reversals.description(), PaymentLinks.description());
	}

}
