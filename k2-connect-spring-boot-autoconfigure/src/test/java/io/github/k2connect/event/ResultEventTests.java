package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the records of results, with a full payload of each.
 */
class ResultEventTests {

	private static final String CALLBACK = "https://duka.example/k2/webhooks";

	private static final Map<String, String> METADATA = Map.of("order_id", "order-88", "cashier", "7", "branch",
			"Westlands");

	private static final List<TransferBatch> BATCHES = List.of(new TransferBatch("Transferred",
			List.of(new Disbursement(new BigDecimal("600.00"), "Transferred", "Mobile Wallet", "dest-wallet-1",
					OffsetDateTime.parse("2026-03-12T10:00:03+03:00"), "SCC1HH44II", List.of(), null),
					new Disbursement(new BigDecimal("300.00"), "Failed", "bank_account", "dest-bank-1",
							OffsetDateTime.parse("2026-03-12T10:00:04+03:00"), "SCC1JJ55KK", List.of(), null)),
			new BigDecimal("900.00")));

	@Test
	void decodesIncomingPayment() {
		assertThat(Sample.INCOMING_PAYMENT.event()).isEqualTo(new StkPushResult(
				new ResultEnvelope("ip-1", K2Event.DEFAULT_ACCOUNT, "incoming_payment", "Success",
						self("v1/incoming_payments/ip-1"), CALLBACK),
				OffsetDateTime.parse("2026-03-11T08:00:00.125+03:00"), "Incoming Payment Request",
				new TillTransaction("tx-9", "SCB1FF33GG", OffsetDateTime.parse("2026-03-11T08:00:09+03:00"),
						"+254712000001", "5ce1f60d3f", new BigDecimal("2500.0"), "KES", "514459", "Lipa Na M-PESA",
						"Received", "Asha", "Wairimu", "Mwangi"),
				List.of(), METADATA));
	}

	@Test
	void decodesPayment() {
		assertThat(Sample.PAYMENT.event()).isEqualTo(new PaymentResult(
				new ResultEnvelope("pay-1", K2Event.DEFAULT_ACCOUNT, "payment", "Transferred",
						self("v1/payments/pay-1"), CALLBACK),
				OffsetDateTime.parse("2026-03-12T10:00:00+03:00"), BATCHES, new BigDecimal("900.00"), "KES", METADATA));
	}

	@Test
	void decodesSettlementTransfer() {
		assertThat(Sample.SETTLEMENT_TRANSFER.event()).isEqualTo(new SettlementTransferResult(
				new ResultEnvelope("st-1", K2Event.DEFAULT_ACCOUNT, "settlement_transfer", "Processed",
						self("v1/settlement_transfers/st-1"), CALLBACK),
				OffsetDateTime.parse("2026-03-12T11:00:00+03:00"), BATCHES, new BigDecimal("900.00"), "KES"));
	}

	@Test
	void decodesPolling() {
		assertThat(Sample.POLLING.event()).isEqualTo(new PollingResult(
				new ResultEnvelope("poll-1", K2Event.DEFAULT_ACCOUNT, "polling", "Success", self("v1/polling/poll-1"),
						CALLBACK),
				OffsetDateTime.parse("2026-03-13T00:00:00+03:00"), OffsetDateTime.parse("2026-03-13T23:59:59+03:00"),
				"Till", "514459",
				List.of(new PolledTransaction("Buygoods Transaction",
						new TillTransaction("tx-10", "SCD1LL66MM", OffsetDateTime.parse("2026-03-13T06:30:00+03:00"),
								"+254712000001", "5ce1f60d3f", new BigDecimal("75"), "KES", "514459", "Lipa Na M-PESA",
								"Received", "Juma", "Wairimu", "Otieno")))));
	}

	@Test
	void decodesSmsNotification() {
		assertThat(Sample.TRANSACTION_SMS_NOTIFICATION.event()).isEqualTo(new TransactionSmsNotificationResult(
				new ResultEnvelope("sms-1", K2Event.DEFAULT_ACCOUNT, "transaction_sms_notification", "Success",
						self("v1/transaction_sms_notifications/sms-1"), CALLBACK),
				"Asante kwa kununua kwetu", "wh-buygoods"));
	}

	@Test
	void decodesSendMoneyWithEveryDestination() {
		DestinationDetails phone = new DestinationDetails("Juma", true, "254712000003", "Safaricom", null, null, null,
				null, null, null);
		DestinationDetails bank = new DestinationDetails(null, null, null, null, "Nyumba Bora", "0990012345",
				"branch-9", null, null, null);
		DestinationDetails till = new DestinationDetails(null, null, null, null, null, null, null, "890017", null,
				null);
		DestinationDetails paybill = new DestinationDetails(null, null, null, null, null, null, null, null, "888880",
				"37001234");
		assertThat(Sample.SEND_MONEY.event())
			.isEqualTo(
					new SendMoneyResult(
							new ResultEnvelope("sm-1", K2Event.DEFAULT_ACCOUNT, "send_money", "Processed",
									self("v2/send_money/sm-1"), CALLBACK),
							OffsetDateTime.parse("2026-03-14T13:00:00+03:00"), "514459",
							List.of(new SendMoneyDestination("mobile_wallet", new BigDecimal(
									"600.00"), "Mshahara", null, phone),
									new SendMoneyDestination("bank_account", new BigDecimal("120.00"), "Kodi", null,
											bank),
									new SendMoneyDestination("till", new BigDecimal("80.00"), "Unga", null, till),
									new SendMoneyDestination("paybill", new BigDecimal("70.00"), "Umeme", null,
											paybill),
									new SendMoneyDestination(
											"merchant_wallet", new BigDecimal("30.00"), null, "dest-wallet-1", null)),
							"KES", List.of(
									new TransferBatch("Transferred",
											List.of(new Disbursement(new BigDecimal(
													"600.00"), "Transferred", "mobile_wallet", "dest-wallet-3",
													OffsetDateTime.parse("2026-03-14T13:00:03+03:00"), "SCE1HH44II",
													List.of(), phone)),
											new BigDecimal("600.00")),
									new TransferBatch("Processed", List.of(
											new Disbursement(new BigDecimal("120.00"), "Failed", "bank_account",
													"dest-bank-1", OffsetDateTime.parse("2026-03-14T13:00:04+03:00"),
													"SCE1JJ55KK", List.of("Account is closed"), bank),
											new Disbursement(new BigDecimal("80.00"), "Transferred", "till",
													"dest-till-1", OffsetDateTime.parse("2026-03-14T13:00:05+03:00"),
													"SCE1KK66LL", List.of(), till),
											new Disbursement(new BigDecimal("70.00"), "Transferred", "paybill",
													"dest-paybill-1", OffsetDateTime.parse("2026-03-14T13:00:06+03:00"),
													"SCE1LL77MM", List.of(), paybill),
											new Disbursement(new BigDecimal("30.00"), "Transferred", "merchant_wallet",
													"dest-wallet-1", OffsetDateTime.parse("2026-03-14T13:00:07+03:00"),
													"SCE1MM88NN", List.of(), null)),
											new BigDecimal("300.00"))),
							List.of("Disbursement failed"), METADATA));
	}

	@Test
	void decodesReversal() {
		assertThat(Sample.REVERSAL.event()).isEqualTo(new ReversalResult(
				new ResultEnvelope("rev-1", K2Event.DEFAULT_ACCOUNT, "reversal", "Processed",
						self("v2/reversals/rev-1"), CALLBACK),
				OffsetDateTime.parse("2026-03-15T09:00:00+03:00"), "SC21AB34CD", "Bidhaa imeisha",
				new ReversalBulkPayment(new BigDecimal("1250.50"), "Transferred",
						OffsetDateTime.parse("2026-03-15T09:00:20+03:00"), "SCF1NN77OO"),
				List.of("Retried once"), METADATA));
	}

	@Test
	void decodesPaymentLink() {
		assertThat(Sample.PAYMENT_LINK.event()).isEqualTo(new PaymentLinkResult(
				new ResultEnvelope("pl-1", K2Event.DEFAULT_ACCOUNT, "payment_link", "Processed",
						self("v2/payment_links/pl-1"), CALLBACK),
				OffsetDateTime.parse("2026-03-16T09:00:00+03:00"), "Duka la Asha", "514459", "order-89", "KES",
				new BigDecimal("3400.00"), "Karibu tena",
				new PaymentLinkDetails("Paid", OffsetDateTime.parse("2026-03-17T09:00:00+03:00"), "Asha Mwangi",
						"https://sandbox.kopokopo.com/pay/abc", "SCG1PP88QQ", "254712000001",
						OffsetDateTime.parse("2026-03-16T12:00:00+03:00")),
				List.of(), METADATA));
	}

	private static String self(String path) {
		return "https://sandbox.kopokopo.com/api/" + path;
	}

}
