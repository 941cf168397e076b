package io.github.k2connect.docs;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.Scope;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.pay.PaymentRequest;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.recipient.RecipientStatus;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.sendmoney.SweepRequest;
import io.github.k2connect.settlement.MerchantBankAccountRequest;
import io.github.k2connect.settlement.MerchantBankAccountStatus;
import io.github.k2connect.settlement.MerchantWalletRequest;
import io.github.k2connect.settlement.SettlementTransferRequest;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.sms.TransactionSmsNotificationRequest;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.AccessToken;
import io.github.k2connect.token.TokenInfo;
import io.github.k2connect.token.TokenIntrospection;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import io.github.k2connect.webhook.WebhookTopic;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

/**
 * One use of each service.
 */
@SuppressWarnings("UnusedVariable")
class Services {

	void all(BeanFactory beans) {
		String anyId = UUID.randomUUID().toString();
		stk(beans.getBean(StkService.class),
				StkPushRequest.builder()
					.tillNumber("K000000")
					.firstName("Wanjiru")
					.lastName("Kamau")
					.phoneNumber("0712 345 678")
					.email("wanjiru@example.com")
					.amount(2200)
					.metadata("order", "17")
					.build());
		subscribe(beans.getBean(WebhookService.class));
		pay(beans.getBean(PayService.class), anyId);
		settle(beans.getBean(SettlementTransferService.class), anyId);
		poll(beans.getBean(PollingService.class));
		beans.getBean(SmsNotificationService.class)
			.sendTransactionSmsNotification(TransactionSmsNotificationRequest.builder()
				.webhookEventReference(anyId)
				.message("Asante!")
				.build());
		addRecipient(beans.getBean(ExternalRecipientService.class));
		sendMoney(beans.getBean(SendMoneyService.class));
		reverse(beans.getBean(ReversalService.class));
		link(beans.getBean(PaymentLinkService.class));
		tokens(beans.getBean(TokenService.class));
	}

	void stk(StkService stkService, StkPushRequest request) {
		K2Location location = stkService.initiateIncomingPayment(request);
		StkPushResult result = stkService.getStatus(location);
	}

	void extra(StkPushRequest request) {
		StkPushRequest withNickname = request.toBuilder().extra("subscriber.nickname", "Mama Baraka").build();
	}

	void await(StkService stkService, StkPushRequest request) {
		String id = stkService.initiateIncomingPayment(request).id();
		StkPushResult result = stkService.awaitResult(id, Duration.ofMinutes(2));
	}

	void subscribe(WebhookService webhookService) {
		webhookService.subscribe(WebhookSubscriptionRequest.builder()
			.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
			.scope(Scope.TILL)
			.scopeReference("000000")
			.build());
	}

	void pay(PayService payService, String recipientReference) {
		K2Location location = payService.addPayRecipient(Recipient.mobileWallet()
			.firstName("Wanjiru")
			.lastName("Kamau")
			.phoneNumber("0712 345 678")
			.network("Safaricom")
			.build());
		RecipientStatus recipient = payService.getPayRecipientStatus(location);
		payService.sendPay(PaymentRequest.builder()
			.destinationType("mobile_wallet")
			.destinationReference(recipientReference)
			.amount(1500)
			.description("Salary for November")
			.category("salaries")
			.metadata("employee", "8765")
			.build());
	}

	void settle(SettlementTransferService settlementTransferService, String accountReference) {
		K2Location account = settlementTransferService.createMerchantBankAccount(MerchantBankAccountRequest.builder()
			.accountName("Kahawa Duka")
			.accountNumber("566566")
			.bankBranchRef("633aa26c-7b7c-4091-ae28-96c0687cf886")
			.settlementMethod("RTS")
			.build());
		MerchantBankAccountStatus status = settlementTransferService.getMerchantBankAccountStatus(account);
		settlementTransferService.createMerchantWallet(
				MerchantWalletRequest.builder().phoneNumber("0712 345 678").network("Safaricom").build());
		settlementTransferService.settleFunds(SettlementTransferRequest.builder()
			.destinationType("merchant_bank_account")
			.destinationReference(accountReference)
			.amount(25_000)
			.build());
		settlementTransferService.settleFunds(SettlementTransferRequest.blind().build());
	}

	void poll(PollingService pollingService) {
		K2Location location = pollingService.pollTransactions(PollingRequest.builder()
			.fromTime(OffsetDateTime.parse("2026-11-24T08:00:00+03:00"))
			.toTime(OffsetDateTime.parse("2026-11-24T09:00:00+03:00"))
			.scope(Scope.TILL)
			.scopeReference("000000")
			.build());
		PollingResult result = pollingService.getStatus(location);
	}

	void notifyBySms(SmsNotificationService smsNotificationService, K2Event payment) {
		smsNotificationService.sendTransactionSmsNotification(TransactionSmsNotificationRequest.builder()
			.webhookEventReference(payment.id())
			.message("Asante! Your coffee is on its way.")
			.build());
	}

	void addRecipient(ExternalRecipientService externalRecipientService) {
		K2Location location = externalRecipientService.addExternalRecipient(Recipient.paybill()
			.paybillName("Maji Safi")
			.paybillNumber("888888")
			.paybillAccountNumber("INV-2026-11")
			.nickname("Water")
			.build());
		RecipientStatus recipient = externalRecipientService.getStatus(location);
	}

	void sendMoney(SendMoneyService sendMoneyService) {
		sendMoneyService.sendMoney(SendMoneyRequest.builder()
			.destination(Destination.mobileWallet()
				.phoneNumber("0712 345 678")
				.network("Safaricom")
				.amount(1500)
				.description("Salary for November")
				.build())
			.destination(Destination.till().tillNumber("567567").amount(300).description("Milk").build())
			.metadata("batch", "2026-11")
			.build());
		sendMoneyService.sweep(SweepRequest.builder().build());
	}

	void reverse(ReversalService reversalService) {
		reversalService.initiateReversal(
				ReversalRequest.builder().transactionReference("TKO1ABCDEF").reason("Paid twice by mistake").build());
	}

	void link(PaymentLinkService paymentLinkService) {
		K2Location location = paymentLinkService.createPaymentLink(PaymentLinkRequest.builder()
			.tillNumber("K000000")
			.amount(2200)
			.paymentReference("INV-17")
			.note("Two bags of coffee")
			.build());
		PaymentLinkResult link = paymentLinkService.getStatus(location);
		String message = paymentLinkService.cancelPaymentLink(location);
	}

	void tokens(TokenService tokenService) {
		AccessToken cached = tokenService.getToken();
		TokenIntrospection introspection = tokenService.introspectToken(cached.accessToken());
		TokenInfo info = tokenService.infoToken(cached.accessToken());
		tokenService.revokeToken(cached.accessToken());
	}

	K2Event parse(WebhookParser webhookParser, byte[] body, @Nullable String signature) {
		K2Event event = webhookParser.parse(body, signature);
		return event;
	}

	void failures(StkService stkService, StkPushRequest request) {
		try {
			stkService.initiateIncomingPayment(request);
		}
		catch (K2Exception ex) {
			if (ex.outcomeUnknown()) {
				waitForTheResultOrAskForTheStatus();
			}
			else {
				offerToTryAgain();
			}
		}
	}

	private void waitForTheResultOrAskForTheStatus() {
		List.of();
	}

	private void offerToTryAgain() {
		List.of();
	}

}
