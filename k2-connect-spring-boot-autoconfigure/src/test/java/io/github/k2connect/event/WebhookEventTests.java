package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the records of webhooks, with a full payload of each.
 */
class WebhookEventTests {

	@Test
	void decodesBuygoodsTransactionReceived() {
		assertThat(Sample.BUYGOODS_TRANSACTION_RECEIVED.event()).isEqualTo(new BuygoodsTransactionReceived(
				new WebhookEnvelope("wh-buygoods", K2Event.DEFAULT_ACCOUNT, "buygoods_transaction_received",
						OffsetDateTime.parse("2026-03-02T09:15:31.250+03:00"), "Buygoods Transaction",
						self("wh-buygoods"), resource("incoming_payments")),
				new TillTransaction("tx-1", "SC21AB34CD", OffsetDateTime.parse("2026-03-02T09:15:29+03:00"),
						"+254712000001", "5ce1f60d3f", new BigDecimal("1250.50"), "KES", "514459", "Lipa Na M-PESA",
						"Received", "Asha", "Wairimu", "Mwangi")));
	}

	@Test
	void decodesBuygoodsTransactionReversed() {
		assertThat(Sample.BUYGOODS_TRANSACTION_REVERSED.event()).isEqualTo(new BuygoodsTransactionReversed(
				new WebhookEnvelope("wh-reversed", K2Event.DEFAULT_ACCOUNT, "buygoods_transaction_reversed",
						OffsetDateTime.parse("2026-03-03T10:00:00+03:00"), "Buygoods Transaction", self("wh-reversed"),
						resource("incoming_payments")),
				new TillTransaction("tx-2", "SC31XY00ZZ", OffsetDateTime.parse("2026-03-03T09:59:58+03:00"),
						"+254712000001", "5ce1f60d3f", new BigDecimal("99.0"), "KES", "514459", "Lipa Na M-PESA",
						"Reversed", "Juma", "Wairimu", "Otieno")));
	}

	@Test
	void decodesB2bTransactionReceived() {
		assertThat(Sample.B2B_TRANSACTION_RECEIVED.event()).isEqualTo(new B2bTransactionReceived(
				new WebhookEnvelope("wh-b2b", K2Event.DEFAULT_ACCOUNT, "b2b_transaction_received",
						OffsetDateTime.parse("2026-03-04T12:30:08+03:00"), "External Till to Till Transaction",
						self("wh-b2b"), resource("incoming_payments")),
				new B2bTransaction("tx-3", "SC41PQ11RS", OffsetDateTime.parse("2026-03-04T12:30:05+03:00"), "890017",
						new BigDecimal("313"), "KES", "514459", "Lipa Na M-PESA", "Complete")));
	}

	@Test
	void decodesB2bTransactionReversed() {
		assertThat(Sample.B2B_TRANSACTION_REVERSED.event()).isEqualTo(new B2bTransactionReversed(
				new WebhookEnvelope("wh-b2b-reversed", K2Event.DEFAULT_ACCOUNT, "b2b_transaction_reversed",
						OffsetDateTime.parse("2026-03-05T08:00:01+03:00"), "External Till To Till Reversal Transaction",
						self("wh-b2b-reversed"), resource("incoming_payments")),
				new B2bTransaction("tx-4", "SC51PQ11RS", OffsetDateTime.parse("2026-03-04T12:30:05+03:00"), "890017",
						new BigDecimal("313"), "KES", "514459", "Lipa Na M-PESA", "Reversed")));
	}

	@Test
	void decodesMerchantToMerchantTransactionReceived() {
		assertThat(Sample.M2M_TRANSACTION_RECEIVED.event()).isEqualTo(new MerchantToMerchantTransactionReceived(
				new WebhookEnvelope("wh-m2m", K2Event.DEFAULT_ACCOUNT, "m2m_transaction_received",
						OffsetDateTime.parse("2026-03-06T07:00:00+03:00"), "Merchant to Merchant Transaction",
						self("wh-m2m"), resource("incoming_payments")),
				"tx-5", OffsetDateTime.parse("2026-03-06T06:59:59+03:00"), "Baraka Millers", new BigDecimal("4800.00"),
				"KES", "Complete"));
	}

	@Test
	void decodesSettlementTransferCompleted() {
		assertThat(Sample.SETTLEMENT_TRANSFER_COMPLETED.event()).isEqualTo(new SettlementTransferCompleted(
				new WebhookEnvelope("wh-settlement", K2Event.DEFAULT_ACCOUNT, "settlement_transfer_completed",
						OffsetDateTime.parse("2026-03-07T18:00:12+03:00"), "Settlement Transfer", self("wh-settlement"),
						resource("transfers")),
				"tr-1", OffsetDateTime.parse("2026-03-07T18:00:00+03:00"), new BigDecimal("150000.00"), "KES",
				"Transferred",
				new TransferDestination.BankAccount("dest-bank-1", "Duka la Asha", "0120045678", "branch-7", "EFT"),
				List.of(new Disbursement(new BigDecimal("100000.00"), "Transferred", null, null,
						OffsetDateTime.parse("2026-03-07T18:00:01+03:00"), "SC71AA00BB", List.of(), null),
						new Disbursement(new BigDecimal("50000.00"), "Pending", null, null,
								OffsetDateTime.parse("2026-03-07T18:00:02+03:00"), null, List.of(), null)),
				"Bank Account"));
	}

	@Test
	void decodesCustomerCreated() {
		assertThat(Sample.CUSTOMER_CREATED.event()).isEqualTo(
				new CustomerCreated(
						new WebhookEnvelope("wh-customer", K2Event.DEFAULT_ACCOUNT, "customer_created",
								OffsetDateTime.parse("2026-03-08T11:20:00+03:00"), "Customer Created",
								self("wh-customer"), resource("customers")),
						null, "Neema", "Achieng", "Kamau", "+254110000002"));
	}

	@Test
	void decodesCardTransactionReceived() {
		assertThat(Sample.CARD_TRANSACTION_RECEIVED.event()).isEqualTo(new CardTransactionReceived(
				new WebhookEnvelope("wh-card", K2Event.DEFAULT_ACCOUNT, "card_transaction_received",
						OffsetDateTime.parse("2026-03-09T14:05:02+03:00"), "Card Transaction", self("wh-card"),
						resource("incoming_payments")),
				new CardTransaction("tx-6", "card-ref-1", OffsetDateTime.parse("2026-03-09T14:05:00+03:00"),
						new BigDecimal("7600.25"), "KES", "Received", "514459", "424242XXXXXX4242"),
				true));
	}

	@Test
	void decodesCardTransactionVoided() {
		assertThat(Sample.CARD_TRANSACTION_VOIDED.event()).isEqualTo(new CardTransactionVoided(
				new WebhookEnvelope("wh-card-voided", K2Event.DEFAULT_ACCOUNT, "card_transaction_voided",
						OffsetDateTime.parse("2026-03-09T15:00:00+03:00"), "Card Transaction", self("wh-card-voided"),
						resource("incoming_payments")),
				new CardTransaction("tx-7", "card-ref-2", OffsetDateTime.parse("2026-03-09T14:05:00+03:00"),
						new BigDecimal("7600.25"), "KES", "Voided", "514459", "424242XXXXXX4242")));
	}

	@Test
	void decodesCardTransactionReversed() {
		assertThat(Sample.CARD_TRANSACTION_REVERSED.event()).isEqualTo(new CardTransactionReversed(
				new WebhookEnvelope("wh-card-reversed", K2Event.DEFAULT_ACCOUNT, "card_transaction_reversed",
						OffsetDateTime.parse("2026-03-09T16:00:00+03:00"), "Card Transaction", self("wh-card-reversed"),
						resource("incoming_payments")),
				new CardTransaction("tx-8", "card-ref-3", OffsetDateTime.parse("2026-03-09T14:05:00+03:00"),
						new BigDecimal("7600.25"), "KES", "Reversed", "514459", "424242XXXXXX4242")));
	}

	@Test
	void decodesDarajaTransaction() {
		OffsetDateTime time = OffsetDateTime.parse("2026-03-10T09:15:32+03:00");
		assertThat(Sample.DARAJA.event()).isEqualTo(new DarajaTransaction(
				new WebhookEnvelope("SC91DD22EE", K2Event.DEFAULT_ACCOUNT, "daraja", time, null, null, null),
				"Buy Goods", time, new BigDecimal("640.00"), "514459", "order-88", "inv-3", new BigDecimal("92100.75"),
				"tp-5", new DarajaPayer("254712000001", "Asha", "Wairimu", "Mwangi")));
	}

	private static String self(String id) {
		return "https://sandbox.kopokopo.com/api/v1/webhook_events/" + id;
	}

	private static String resource(String path) {
		return "https://sandbox.kopokopo.com/api/v1/" + path + "/1";
	}

}
