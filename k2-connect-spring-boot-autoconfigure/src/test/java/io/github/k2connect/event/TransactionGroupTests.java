package io.github.k2connect.event;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for the transaction that several messages of one payment share.
 */
class TransactionGroupTests {

	private static final String TRANSACTION = """
			{"id": "tx-1", "reference": "SC21AB34CD", "origination_time": "2026-03-02T09:15:29+03:00",
			 "sender_phone_number": "+254 712 *** 001", "hashed_sender_phone": "d30d07ee", "amount": "1250.50",
			 "currency": "KES", "till_number": "514459", "system": "Lipa Na M-PESA", "status": "Received",
			 "sender_first_name": "Asha", "sender_middle_name": "Wairimu", "sender_last_name": "Mwangi",
			 "sending_till": "890017", "customer_cc_number": "424242XXXXXX4242"}
			""";

	@Test
	void tillPaymentsHoldTransaction() {
		assertThat(tillPayments(TRANSACTION).map(TillTransactionDetails::transaction).distinct()).singleElement()
			.isNotNull()
			.satisfies(TransactionGroupTests::assertComplete);
	}

	@Test
	void onlyEventsOfReceivedMoneyArePayments() {
		assertThat(transactions()).filteredOn(TillPayment.class::isInstance)
			.extracting(Object::getClass)
			.containsExactlyInAnyOrder(BuygoodsTransactionReceived.class, MissedTillPayment.class);
	}

	@Test
	void onlyEventsOfMoneyThatWentBackAreReversals() {
		assertThat(transactions()).filteredOn(TillReversal.class::isInstance)
			.extracting(Object::getClass)
			.containsExactlyInAnyOrder(BuygoodsTransactionReversed.class, MissedTillReversal.class);
	}

	private static Stream<Object> transactions() {
		return Stream.concat(tillPayments(TRANSACTION), DetectedSample.events());
	}

	@Test
	void missedEventsHaveTransactionOfPayment() {
		DetectedSample.events()
			.filter(TillTransactionDetails.class::isInstance)
			.map(TillTransactionDetails.class::cast)
			.forEach((missed) -> assertThat(missed.transaction()).isNotNull()
				.returns(missed.amount(), TillTransaction::amount)
				.returns(((K2Event) missed).id(), TillTransaction::reference));
	}

	@Test
	void rejectsMissedEventWithoutReference() {
		PolledTransaction payment = new PolledTransaction("Buygoods Transaction", null);
		assertThatNullPointerException().isThrownBy(() -> new MissedTillPayment("shop", payment));
		assertThatNullPointerException().isThrownBy(() -> new MissedTillReversal("shop", payment));
	}

	@Test
	void b2bPaymentsHoldTransaction() {
		assertThat(b2bPayments(TRANSACTION).map(B2bEvent::transaction).distinct()).singleElement()
			.isNotNull()
			.satisfies(TransactionGroupTests::assertComplete);
	}

	@Test
	void cardPaymentsHoldTransaction() {
		assertThat(cardPayments(TRANSACTION).map(CardEvent::transaction).distinct()).singleElement()
			.isNotNull()
			.satisfies(TransactionGroupTests::assertComplete);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "{}", "{\"id\": null, \"amount\": null, \"surprise\": 1}" })
	void readsEmptyResourceAsNoTransaction(String resource) {
		assertThat(payments(resource)).allSatisfy((payment) -> {
			assertThat(invoke(payment, "transaction")).isNull();
			for (String name : accessors(payment)) {
				assertThat(invoke(payment, name)).as(name).isNull();
			}
		});
	}

	@ParameterizedTest
	@MethodSource
	void flatAccessorsReturnComponentsOfTransaction(Object payment) {
		Object transaction = invoke(payment, "transaction");
		for (String name : accessors(payment)) {
			assertThat(invoke(payment, name)).as(name)
				.isNotNull()
				.isEqualTo(invoke(transaction, name.equals("resourceStatus") ? "status" : name));
		}
	}

	static Stream<Arguments> flatAccessorsReturnComponentsOfTransaction() {
		return payments(TRANSACTION).map(Arguments::of);
	}

	@Test
	void darajaAccessorsReturnComponentsOfPayer() {
		DarajaTransaction event = (DarajaTransaction) Sample.DARAJA.event();
		assertThat(event.payer()).isEqualTo(new DarajaPayer("254712000001", "Asha", "Wairimu", "Mwangi"));
		assertThat(event).returns("254712000001", DarajaTransaction::msisdn)
			.returns("Asha", DarajaTransaction::firstName)
			.returns("Wairimu", DarajaTransaction::middleName)
			.returns("Mwangi", DarajaTransaction::lastName);
		DarajaTransaction withoutPayer = (DarajaTransaction) Sample.decode("{\"TransID\": \"SC1\", \"MSISDN\": null}");
		assertThat(withoutPayer).returns(null, DarajaTransaction::payer)
			.returns(null, DarajaTransaction::msisdn)
			.returns(null, DarajaTransaction::firstName)
			.returns(null, DarajaTransaction::middleName)
			.returns(null, DarajaTransaction::lastName);
	}

	@Test
	void distinguishesStatusOfRequestFromStatusOfTransaction() {
		StkPushResult result = (StkPushResult) Sample.INCOMING_PAYMENT.event();
		assertThat(result.status()).isEqualTo("Success");
		assertThat(result.resourceStatus()).isEqualTo("Received");
	}

	/**
	 * The names of the transaction's components as the payment's accessors have them.
	 */
	private static Set<String> accessors(Object payment) {
		Class<?> type = (payment instanceof TillTransactionDetails) ? TillTransaction.class
				: (payment instanceof B2bEvent) ? B2bTransaction.class : CardTransaction.class;
		return Stream.of(type.getRecordComponents())
			.map(RecordComponent::getName)
			.map((name) -> (payment instanceof StkPushResult && name.equals("status")) ? "resourceStatus" : name)
			.collect(Collectors.toSet());
	}

	private static void assertComplete(Object transaction) {
		for (RecordComponent component : transaction.getClass().getRecordComponents()) {
			assertThat(ReflectionUtils.invokeMethod(component.getAccessor(), transaction)).as(component.getName())
				.isNotNull();
		}
	}

	private static @Nullable Object invoke(@Nullable Object target, String name) {
		Object notNull = Objects.requireNonNull(target);
		Method method = Objects.requireNonNull(ReflectionUtils.findMethod(notNull.getClass(), name), name);
		return ReflectionUtils.invokeMethod(method, notNull);
	}

	private static Stream<Object> payments(String resource) {
		return Stream.of(tillPayments(resource), b2bPayments(resource), cardPayments(resource))
			.flatMap((payments) -> payments);
	}

	private static Stream<TillTransactionDetails> tillPayments(String resource) {
		PollingResult poll = (PollingResult) Sample.decode("""
				{"data": {"id": "poll-1", "type": "polling", "attributes": {"transactions": [{"resource": %s}]}}}
				""".formatted(resource));
		StkPushResult push = (StkPushResult) Sample.decode("""
				{"data": {"id": "ip-1", "type": "incoming_payment", "attributes": {"event": {"resource": %s}}}}
				""".formatted(resource));
		return Stream.of(push, (TillTransactionDetails) webhook("buygoods_transaction_received", resource),
				(TillTransactionDetails) webhook("buygoods_transaction_reversed", resource),
				poll.transactions().get(0));
	}

	private static Stream<B2bEvent> b2bPayments(String resource) {
		return Stream.of("received", "reversed").map((what) -> (B2bEvent) webhook("b2b_transaction_" + what, resource));
	}

	private static Stream<CardEvent> cardPayments(String resource) {
		return Stream.of("received", "voided", "reversed")
			.map((what) -> (CardEvent) webhook("card_transaction_" + what, resource));
	}

	private static K2Event webhook(String topic, String resource) {
		return Sample
			.decode("{\"id\": \"wh-1\", \"topic\": \"%s\", \"event\": {\"resource\": %s}}".formatted(topic, resource));
	}

}
