package io.github.k2connect.request;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.pay.PaymentRequest;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.DestinationBuilder;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.sendmoney.SweepRequest;
import io.github.k2connect.settlement.SettlementTransferRequest;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the fingerprints of all requests that can have an idempotency key.
 */
class FingerprintTests {

	private static final URI CALLBACK = URI.create("https://duka.example/k2/webhooks");

	private static final StkPushRequest PUSH = StkPushRequest.builder()
		.tillNumber("K000000")
		.phoneNumber("+254712000001")
		.amount(100)
		.callbackUrl(CALLBACK)
		.build();

	private static final PaymentRequest PAYMENT = PaymentRequest.builder()
		.destinationType("till")
		.destinationReference("r1")
		.amount(100)
		.description("Unga")
		.callbackUrl(CALLBACK)
		.build();

	private static final SettlementTransferRequest TRANSFER = SettlementTransferRequest.builder()
		.destinationType("merchant_wallet")
		.destinationReference("w1")
		.amount(100)
		.callbackUrl(CALLBACK)
		.build();

	private static final Destination PHONE = Destination.mobileWallet()
		.phoneNumber("0712000001")
		.network("Safaricom")
		.amount(100)
		.description("Wages")
		.build();

	private static final Destination BANK = Destination.bankAccount()
		.accountName("Asha")
		.accountNumber("099")
		.bankBranchRef("b1")
		.amount(100)
		.description("Rent")
		.build();

	private static final Destination TILL = Destination.till()
		.tillNumber("112233")
		.amount(100)
		.description("Unga")
		.build();

	private static final Destination PAYBILL = Destination.paybill()
		.paybillNumber("400200")
		.paybillAccountNumber("12")
		.amount(100)
		.description("Power")
		.build();

	private static final SendMoneyRequest SEND = SendMoneyRequest.builder()
		.destination(PHONE)
		.destination(BANK)
		.destination(TILL)
		.destination(PAYBILL)
		.destination(Destination.merchantWallet().reference("w1").amount(100).build())
		.callbackUrl(CALLBACK)
		.build();

	private static final SweepRequest SWEEP = SweepRequest.builder().callbackUrl(CALLBACK).build();

	private static final ReversalRequest REVERSAL = ReversalRequest.builder()
		.transactionReference("SK1")
		.reason("Wrong till")
		.callbackUrl(CALLBACK)
		.build();

	private static final PaymentLinkRequest LINK = PaymentLinkRequest.builder()
		.tillNumber("112233")
		.amount(100)
		.callbackUrl(CALLBACK)
		.build();

	private static final URI OTHER = URI.create("https://duka.example/other");

	private static final Map<String, String> METADATA = Map.of("order", "17");

	private static final Map<String, Object> EXTRA = Map.of("colour", "red");

	/**
	 * What is another request, and what is the same. There is only one currency, so it
	 * cannot be changed.
	 */
	static final List<Change> CHANGES = List.of(
	// @formatter:off
			other(PUSH, "tillNumber", PUSH.toBuilder().tillNumber("K000001").build()),
			other(PUSH, "phoneNumber", PUSH.toBuilder().phoneNumber("0712000002").build()),
			other(PUSH, "amount", PUSH.toBuilder().amount(101).build()),
			same(PUSH, "amount", PUSH.toBuilder().amount(new BigDecimal("100.00")).build()),
			same(PUSH, "phoneNumber", PUSH.toBuilder().phoneNumber("0712 000 001").build()),
			same(PUSH, "paymentChannel", PUSH.toBuilder().paymentChannel("other").build()),
			same(PUSH, "firstName", PUSH.toBuilder().firstName("Asha").build()),
			same(PUSH, "middleName", PUSH.toBuilder().middleName("Njeri").build()),
			same(PUSH, "lastName", PUSH.toBuilder().lastName("Wairimu").build()),
			same(PUSH, "email", PUSH.toBuilder().email("asha@example.com").build()),
			same(PUSH, "callbackUrl", PUSH.toBuilder().callbackUrl(OTHER).build()),
			same(PUSH, "metadata", PUSH.toBuilder().metadata(METADATA).build()),
			same(PUSH, "extra", PUSH.toBuilder().extra(EXTRA).build()),

			other(PAYMENT, "destinationType", PAYMENT.toBuilder().destinationType("paybill").build()),
			other(PAYMENT, "destinationReference", PAYMENT.toBuilder().destinationReference("r2").build()),
			other(PAYMENT, "amount", PAYMENT.toBuilder().amount(101).build()),
			same(PAYMENT, "description", PAYMENT.toBuilder().description("Flour").build()),
			same(PAYMENT, "category", PAYMENT.toBuilder().category("Food").build()),
			same(PAYMENT, "tags", PAYMENT.toBuilder().tags(List.of("a")).build()),
			same(PAYMENT, "callbackUrl", PAYMENT.toBuilder().callbackUrl(OTHER).build()),
			same(PAYMENT, "metadata", PAYMENT.toBuilder().metadata(METADATA).build()),
			same(PAYMENT, "extra", PAYMENT.toBuilder().extra(EXTRA).build()),

			other(TRANSFER, "destinationType", TRANSFER.toBuilder().destinationType("merchant_bank_account").build()),
			other(TRANSFER, "destinationReference", TRANSFER.toBuilder().destinationReference("w2").build()),
			other(TRANSFER, "destinationReference", SettlementTransferRequest.builder().amount(100)
				.callbackUrl(CALLBACK).build()),
			other(TRANSFER, "amount", TRANSFER.toBuilder().amount(101).build()),
			other(TRANSFER, "amount", SettlementTransferRequest.blind().callbackUrl(CALLBACK).build()),
			same(TRANSFER, "callbackUrl", TRANSFER.toBuilder().callbackUrl(OTHER).build()),
			same(TRANSFER, "extra", TRANSFER.toBuilder().extra(EXTRA).build()),

			other(SEND, "sourceIdentifier", SEND.toBuilder().sourceIdentifier("112233").build()),
			other(SEND, "destinations", SEND.toBuilder().destination(PHONE).build()),
			other(SEND, "destinations", sending(PHONE, BANK)),
			same(SEND, "destinations", reversed(SEND)),
			same(SEND, "callbackUrl", SEND.toBuilder().callbackUrl(OTHER).build()),
			same(SEND, "metadata", SEND.toBuilder().metadata(METADATA).build()),
			same(SEND, "extra", SEND.toBuilder().extra(EXTRA).build()),

			other(SWEEP, "sourceIdentifier", SWEEP.toBuilder().sourceIdentifier("112233").build()),
			same(SWEEP, "callbackUrl", SWEEP.toBuilder().callbackUrl(OTHER).build()),
			same(SWEEP, "metadata", SWEEP.toBuilder().metadata(METADATA).build()),
			same(SWEEP, "extra", SWEEP.toBuilder().extra(EXTRA).build()),

			other(REVERSAL, "transactionReference", REVERSAL.toBuilder().transactionReference("SK2").build()),
			same(REVERSAL, "reason", REVERSAL.toBuilder().reason("Sent twice").build()),
			same(REVERSAL, "callbackUrl", REVERSAL.toBuilder().callbackUrl(OTHER).build()),
			same(REVERSAL, "metadata", REVERSAL.toBuilder().metadata(METADATA).build()),
			same(REVERSAL, "extra", REVERSAL.toBuilder().extra(EXTRA).build()),

			other(LINK, "tillNumber", LINK.toBuilder().tillNumber("112234").build()),
			other(LINK, "amount", LINK.toBuilder().amount(101).build()),
			other(LINK, "paymentReference", LINK.toBuilder().paymentReference("order-17").build()),
			same(LINK, "note", LINK.toBuilder().note("Asante").build()),
			same(LINK, "callbackUrl", LINK.toBuilder().callbackUrl(OTHER).build()),
			same(LINK, "metadata", LINK.toBuilder().metadata(METADATA).build()),
			same(LINK, "extra", LINK.toBuilder().extra(EXTRA).build()));
			// @formatter:on

	/**
	 * What is another destination.
	 */
	static final List<Change> DESTINATIONS = List.of(
	// @formatter:off
			other(sending(PHONE), "phoneNumber", sending(mobile("0712000002", "Safaricom"))),
			other(sending(PHONE), "network", sending(mobile("0712000001", "Airtel"))),
			other(sending(PHONE), "amount", changed(PHONE, (json) -> json.amount(101))),
			same(sending(PHONE), "description", changed(PHONE, (json) -> json.description("Salary"))),
			same(sending(PHONE), "nickname", changed(PHONE, (json) -> json.nickname("Asha"))),
			same(sending(PHONE), "favourite", changed(PHONE, (json) -> json.favourite(true))),
			same(sending(PHONE), "extra", changed(PHONE, (json) -> json.extra("colour", "red"))),
			other(sending(BANK), "accountNumber", sending(bank("Asha", "098", "b1"))),
			other(sending(BANK), "bankBranchRef", sending(bank("Asha", "099", "b2"))),
			same(sending(BANK), "accountName", sending(bank("Asha Wairimu", "099", "b1"))),
			other(sending(TILL), "tillNumber", sending(till("112234"))),
			other(sending(PAYBILL), "paybillNumber", sending(paybill("400201", "12"))),
			other(sending(PAYBILL), "paybillAccountNumber", sending(paybill("400200", "13"))),
			other(sending(wallet("w1")), "reference", sending(wallet("w2"))),
			other(sending(wallet("w1")), "type", sending(Destination.merchantBankAccount().reference("w1").amount(100)
				.build())));
			// @formatter:on

	private static Change other(Record request, String component, Record changed) {
		return new Change(request, component, changed, true);
	}

	private static Change same(Record request, String component, Record changed) {
		return new Change(request, component, changed, false);
	}

	private static SendMoneyRequest sending(Destination... destinations) {
		return SendMoneyRequest.builder().destinations(List.of(destinations)).callbackUrl(CALLBACK).build();
	}

	private static SendMoneyRequest reversed(SendMoneyRequest request) {
		List<Destination> destinations = new ArrayList<>(request.destinations());
		Collections.reverse(destinations);
		return request.toBuilder().destinations(destinations).build();
	}

	private static SendMoneyRequest changed(Destination destination,
			Function<DestinationBuilder<?, ?>, RequestBuilder<?, ?>> change) {
		return sending((Destination) change.apply(destination.toBuilder()).build());
	}

	private static Destination mobile(String phoneNumber, String network) {
		return Destination.mobileWallet()
			.phoneNumber(phoneNumber)
			.network(network)
			.amount(100)
			.description("Wages")
			.build();
	}

	private static Destination bank(String name, String number, String branch) {
		return Destination.bankAccount()
			.accountName(name)
			.accountNumber(number)
			.bankBranchRef(branch)
			.amount(100)
			.description("Rent")
			.build();
	}

	private static Destination till(String number) {
		return Destination.till().tillNumber(number).amount(100).description("Unga").build();
	}

	private static Destination paybill(String number, String account) {
		return Destination.paybill()
			.paybillNumber(number)
			.paybillAccountNumber(account)
			.amount(100)
			.description("Power")
			.build();
	}

	private static Destination wallet(String reference) {
		return Destination.merchantWallet().reference(reference).amount(100).build();
	}

	/**
	 * Return the key that the service of a request gives to the listener.
	 */
	private static IdempotencyKey key(Record request) {
		AtomicReference<@Nullable IdempotencyKey> key = new AtomicReference<>();
		K2Client client = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX)).notifying((started) -> {
			key.set(started.key());
			throw new K2RequestNotSentException("this is a test", null);
		}).create();
		assertThatExceptionOfType(K2RequestNotSentException.class).isThrownBy(() -> start(client, request));
		return Objects.requireNonNull(key.get());
	}

	private static void start(K2Client client, Record record) {
		Object request = keyed(record);
		if (request instanceof StkPushRequest push) {
			new StkService(client).initiateIncomingPayment(push);
		}
		else if (request instanceof PaymentRequest payment) {
			new PayService(client).sendPay(payment);
		}
		else if (request instanceof SettlementTransferRequest transfer) {
			new SettlementTransferService(client).settleFunds(transfer);
		}
		else if (request instanceof SendMoneyRequest send) {
			new SendMoneyService(client).sendMoney(send);
		}
		else if (request instanceof SweepRequest sweep) {
			new SendMoneyService(client).sweep(sweep);
		}
		else if (request instanceof ReversalRequest reversal) {
			new ReversalService(client).initiateReversal(reversal);
		}
		else {
			new PaymentLinkService(client).createPaymentLink((PaymentLinkRequest) request);
		}
	}

	private static Object keyed(Record request) {
		try {
			return ((IdempotentRequestBuilder<?, ?>) request.getClass().getMethod("toBuilder").invoke(request))
				.idempotencyKey("order-17")
				.build();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@FieldSource({ "CHANGES", "DESTINATIONS" })
	void knowsWhatIsAnotherRequest(Change change) {
		IdempotencyKey before = key(change.request());
		IdempotencyKey after = key(change.changed());
		assertThat(change.changed()).isNotSameAs(change.request());
		assertThat(before.fingerprint().equals(after.fingerprint())).isEqualTo(!change.isOther());
		assertThat(after.isSameRequest(before.type(), before.fingerprint())).isEqualTo(!change.isOther());
	}

	/**
	 * A property that is added to a request needs a row.
	 */
	@Test
	void coversEveryComponent() {
		Map<Class<?>, Set<String>> covered = new HashMap<>();
		CHANGES.forEach((change) -> covered.computeIfAbsent(change.request().getClass(), (type) -> new TreeSet<>())
			.add(change.component()));
		assertThat(covered).hasSize(7).allSatisfy((type, components) -> {
			Set<String> all = new TreeSet<>(
					Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
			all.removeAll(Set.of("idempotencyKey", "currency"));
			assertThat(components).isEqualTo(all);
		});
	}

	/**
	 * These texts are in databases. If one of them changes, the version has to change.
	 */
	@Test
	void keepsFingerprintsOfVersion() {
		assertThat(Stream.of(PUSH, PAYMENT, TRANSFER, SEND, SWEEP, REVERSAL, LINK)
			.map((request) -> key(request))
			.map((key) -> key.type() + " " + key.fingerprint())
			.toList()).containsExactlyInAnyOrder(
					"incoming_payment 1:beee77942084dadd9291d8be32d54936de71af984fc5e29ecd2d72ee66678e7d",
					"payment 1:c5bc1bd9cf8b5decbf43cc7ea47154e4e6195de31eed822b06d0a6d33fbcb7ea",
					"payment_link 1:810e84a82ab48451e7d4215a8f2dc1c03ea1711c51ef3637f45e000b51073670",
					"reversal 1:957d236d3097e4380127e37ee0bdae13942736405c31d42984306f67146ead27",
					"send_money 1:60325a55c7f7e437d1585530f12ebb17dc0a1d662533893fada5f1bbdbfd5dbe",
					"send_money 1:77eb801daa2e961df08353b17a9773e2c30dd26b2e08428ed6ec03581c8f0ba7",
					"settlement_transfer 1:da7d6e17b500a22e6b721d901ebd88b57885ccbdfff152b42e60144c8e20fd0f");
	}

	@Test
	void doesNotMixPropertiesUp() {
		assertThat(key(LINK.toBuilder().tillNumber("1").paymentReference("2;3").build()).fingerprint()).isNotEqualTo(
				key(LINK.toBuilder().tillNumber("1;reference=1:2").paymentReference("3").build()).fingerprint());
		assertThat(key(SWEEP).fingerprint()).isNotEqualTo(key(SEND).fingerprint());
	}

	/**
	 * A change of a request.
	 *
	 * @param request the request
	 * @param component what is changed
	 * @param changed the changed request
	 * @param isOther whether it is another request with regard to the idempotency key
	 */
	record Change(Record request, String component, Record changed, boolean isOther) {

		@Override
		public String toString() {
			return this.request.getClass().getSimpleName() + "." + this.component + " "
					+ (this.isOther ? "other" : "same");
		}

	}

}
