package io.github.k2connect.sample.console;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.github.k2connect.account.K2Account;
import io.github.k2connect.pay.PaymentRequest;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.recipient.BankAccountRecipient;
import io.github.k2connect.recipient.MobileWalletRecipient;
import io.github.k2connect.recipient.PaybillRecipient;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.recipient.TillRecipient;
import io.github.k2connect.request.RequestBuilder;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.sendmoney.BankAccountDestination;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.MerchantAccountDestination;
import io.github.k2connect.sendmoney.MobileWalletDestination;
import io.github.k2connect.sendmoney.PaybillDestination;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SweepRequest;
import io.github.k2connect.sendmoney.TillDestination;
import io.github.k2connect.settlement.MerchantBankAccountRequest;
import io.github.k2connect.settlement.MerchantWalletRequest;
import io.github.k2connect.settlement.SettlementTransferRequest;
import io.github.k2connect.sms.TransactionSmsNotificationRequest;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;

/**
 * The table of all calls of all services. Every page about calls is made from it.
 */
final class Calls {

	private static final String PHONE = "+254700000000";

	private static final String BRANCH = "633aa26c-7b7c-4091-ae28-96c0687cf886";

	private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

	private Calls() {
	}

	/**
	 * Find a call.
	 * @param id the call's id
	 * @return the call, or empty if there is none
	 */
	static Optional<Call> find(String id) {
		return all().stream().filter((call) -> call.id().equals(id)).findFirst();
	}

	/**
	 * Return all calls, by service.
	 * @return the calls, with examples for now
	 */
	static List<Call> all() {
		OffsetDateTime now = OffsetDateTime.now(NAIROBI).truncatedTo(ChronoUnit.SECONDS);
		List<Call> calls = new ArrayList<>();
		calls.add(Call
			.<StkPushRequest>of("STK push", "Ask a phone to pay", StkPushRequest.class, StkPushRequest::builder,
					(account, request) -> account.stk().initiateIncomingPayment(request))
			.with("tillNumber", "K000000")
			.with("phoneNumber", PHONE)
			.with("amount", "850")
			.with("metadata", "order_id=42")
			.result(K2Account::stk));
		calls.add(Call
			.<PaymentLinkRequest>of("Payment links, version 2", "Create a payment link", PaymentLinkRequest.class,
					PaymentLinkRequest::builder,
					(account, request) -> account.paymentLinks().createPaymentLink(request))
			.with("tillNumber", "K000000")
			.with("amount", "2200")
			.with("paymentReference", "INV-17")
			.with("note", "One kiondo")
			.result(K2Account::paymentLinks));
		calls.add(new Call("Payment links, version 2", "Cancel a payment link",
				List.of(new Field("location", true, List.of(), "")), (account, values) -> account.paymentLinks()
					.cancelPaymentLink(values.getOrDefault("location", "").strip()),
				null, null));
		calls.add(Call
			.<ReversalRequest>of("Reversals, version 2", "Reverse a payment", ReversalRequest.class,
					ReversalRequest::builder, (account, request) -> account.reversals().initiateReversal(request))
			.with("transactionReference", "SKV4XBY7PZ")
			.with("reason", "Ordered twice")
			.result(K2Account::reversals));
		calls.add(Call
			.<PollingRequest>of("Polling", "List the transactions of a period", PollingRequest.class,
					PollingRequest::builder, (account, request) -> account.polling().pollTransactions(request))
			.with("fromTime", now.minusHours(1).toString())
			.with("toTime", now.toString())
			.with("scope", "TILL")
			.with("scopeReference", "K000000")
			.result(K2Account::polling));
		addSendMoney(calls);
		addPayments(calls);
		recipients("External recipients, version 2", "external recipient",
				(account, recipient) -> account.externalRecipients().addExternalRecipient(recipient))
			.forEach((call) -> calls
				.add(call.status((account, location) -> account.externalRecipients().getStatus(location))));
		addSettlement(calls);
		calls.add(Call
			.<TransactionSmsNotificationRequest>of("SMS notifications, version 1", "Send a message about a payment",
					TransactionSmsNotificationRequest.class, TransactionSmsNotificationRequest::builder,
					(account, request) -> account.sms().sendTransactionSmsNotification(request))
			.with("webhookEventReference", "c2611c9c-eaf8-4f07-9f02-6c5a5d9c7a41")
			.with("message", "Asante! Your parcel is on its way.")
			.result(K2Account::sms));
		calls.add(Call
			.<WebhookSubscriptionRequest>of("Webhook subscriptions", "Subscribe to a topic",
					WebhookSubscriptionRequest.class, WebhookSubscriptionRequest::builder,
					(account, request) -> account.webhooks().subscribe(request))
			.with("eventType", "b2b_transaction_received")
			.with("scope", "TILL")
			.with("scopeReference", "K000000")
			.status((account, location) -> account.webhooks().getStatus(location)));
		addTokens(calls);
		return calls;
	}

	private static void addSendMoney(List<Call> calls) {
		calls.add(sendMoney("Send money to a phone", MobileWalletDestination.class, Destination::mobileWallet)
			.with("phoneNumber", PHONE)
			.with("network", "Safaricom")
			.with("description", "Delivery of Tuesday"));
		calls.add(sendMoney("Send money to a bank account", BankAccountDestination.class, Destination::bankAccount)
			.with("accountName", "Wanjiru Kamau")
			.with("accountNumber", "1234567890")
			.with("bankBranchRef", BRANCH)
			.with("description", "Rent of March"));
		calls.add(
				sendMoney("Send money to a till", TillDestination.class, Destination::till).with("tillNumber", "890123")
					.with("description", "Delivery of Tuesday"));
		calls.add(sendMoney("Send money to a paybill", PaybillDestination.class, Destination::paybill)
			.with("paybillNumber", "888880")
			.with("paybillAccountNumber", "7788")
			.with("description", "Electricity"));
		calls.add(
				sendMoney("Send money to the own wallet", MerchantAccountDestination.class, Destination::merchantWallet)
					.with("reference", BRANCH));
		calls.add(sendMoney("Send money to the own bank account", MerchantAccountDestination.class,
				Destination::merchantBankAccount)
			.with("reference", BRANCH));
		calls.add(Call
			.<SweepRequest>of("Send money, version 2", "Send the whole balance to the own accounts", SweepRequest.class,
					SweepRequest::builder, (account, request) -> account.sendMoney().sweep(request))
			.result(K2Account::sendMoney));
	}

	private static Call sendMoney(String title, Class<? extends Destination> type,
			Supplier<? extends RequestBuilder<? extends Destination, ?>> builder) {
		return Call
			.<Destination>of("Send money, version 2", title, type, builder,
					(account, destination) -> account.sendMoney()
						.sendMoney(SendMoneyRequest.builder().destination(destination).build()))
			.with("amount", "2200")
			.result(K2Account::sendMoney);
	}

	private static void addPayments(List<Call> calls) {
		recipients("Payments, version 1", "pay recipient",
				(account, recipient) -> account.pay().addPayRecipient(recipient))
			.forEach((call) -> calls
				.add(call.status((account, location) -> account.pay().getPayRecipientStatus(location))));
		calls.add(Call
			.<PaymentRequest>of("Payments, version 1", "Pay a recipient", PaymentRequest.class, PaymentRequest::builder,
					(account, request) -> account.pay().sendPay(request))
			.with("destinationType", "mobile_wallet")
			.with("destinationReference", BRANCH)
			.with("amount", "2200")
			.with("description", "Delivery of Tuesday")
			.result(K2Account::pay));
	}

	private static List<Call> recipients(String service, String kind, BiFunction<K2Account, Recipient, Object> action) {
		return List.of(
				Call.of(service, "Add a phone as " + kind, MobileWalletRecipient.class, Recipient::mobileWallet, action)
					.with("firstName", "Wanjiru")
					.with("lastName", "Kamau")
					.with("phoneNumber", PHONE)
					.with("network", "Safaricom"),
				Call.of(service, "Add a bank account as " + kind, BankAccountRecipient.class, Recipient::bankAccount,
						action)
					.with("accountName", "Wanjiru Kamau")
					.with("accountNumber", "1234567890")
					.with("bankBranchRef", BRANCH)
					.with("settlementMethod", "RTS"),
				Call.of(service, "Add a till as " + kind, TillRecipient.class, Recipient::till, action)
					.with("tillNumber", "890123")
					.with("tillName", "Mama Njeri"),
				Call.of(service, "Add a paybill as " + kind, PaybillRecipient.class, Recipient::paybill, action)
					.with("paybillName", "Kenya Power")
					.with("paybillNumber", "888880")
					.with("paybillAccountNumber", "7788"));
	}

	private static void addSettlement(List<Call> calls) {
		String service = "Settlement";
		calls.add(Call
			.<MerchantBankAccountRequest>of(service, "Register the own bank account", MerchantBankAccountRequest.class,
					MerchantBankAccountRequest::builder,
					(account, request) -> account.settlement().createMerchantBankAccount(request))
			.with("accountName", "Pwani na Bara")
			.with("bankBranchRef", BRANCH)
			.with("accountNumber", "1234567890")
			.with("settlementMethod", "RTS")
			.status((account, location) -> account.settlement().getMerchantBankAccountStatus(location)));
		calls.add(Call
			.<MerchantWalletRequest>of(service, "Register the own wallet", MerchantWalletRequest.class,
					MerchantWalletRequest::builder,
					(account, request) -> account.settlement().createMerchantWallet(request))
			.with("phoneNumber", PHONE)
			.with("network", "Safaricom")
			.status((account, location) -> account.settlement().getMerchantWalletStatus(location)));
		calls.add(Call
			.<SettlementTransferRequest>of(service, "Transfer an amount to the own account, version 1",
					SettlementTransferRequest.class, SettlementTransferRequest::builder,
					(account, request) -> account.settlement().settleFunds(request))
			.with("amount", "49452")
			.result(K2Account::settlement));
		calls
			.add(Call.<SettlementTransferRequest>of(service, "Transfer the whole balance to the own account, version 1",
					SettlementTransferRequest.class, SettlementTransferRequest::blind,
					(account, request) -> account.settlement().settleFunds(request))
				.result(K2Account::settlement));
	}

	/**
	 * Add the calls for tokens. No token is shown: they use the token of the account.
	 */
	private static void addTokens(List<Call> calls) {
		String service = "Tokens";
		calls.add(new Call(service, "Request a token", List.of(),
				(account, values) -> account.tokens().requestToken().toString(), null, null));
		calls.add(new Call(service, "Introspect the token", List.of(), (account,
				values) -> account.tokens().introspectToken(account.tokens().getToken().accessToken()).toString(), null,
				null));
		calls.add(new Call(service, "Get information about the token", List.of(),
				(account, values) -> account.tokens().infoToken(account.tokens().getToken().accessToken()).toString(),
				null, null));
		calls.add(new Call(service, "Revoke the token", List.of(), (account, values) -> {
			account.tokens().revokeToken(account.tokens().getToken().accessToken());
			return "The token is revoked. The next call requests a new one.";
		}, null, null));
	}

}
