package io.github.k2connect.test;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.PayoutResult;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SimulatedResult}.
 */
class SimulatedResultTests extends SimulatorTestSupport {

	private static final String API_KEY = "api-key";

	static Stream<Arguments> results() {
		return Stream.of(Arguments.of("incoming_payment", SimulatedResult.stkPush()),
				Arguments.of("payment", SimulatedResult.payment()),
				Arguments.of("settlement_transfer", SimulatedResult.settlementTransfer()),
				Arguments.of("polling", SimulatedResult.polling()),
				Arguments.of("transaction_sms_notification", SimulatedResult.transactionSmsNotification()),
				Arguments.of("send_money", SimulatedResult.sendMoney()),
				Arguments.of("reversal", SimulatedResult.reversal()),
				Arguments.of("payment_link", SimulatedResult.paymentLink()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("results")
	void succeedsByDefaultForEveryType(String type, SimulatedResult result) {
		K2ResultEvent event = parse(result);
		assertThat(event.type()).isEqualTo(type);
		assertThat(event.isSuccessful()).isTrue();
		assertThat(event.linkSelf()).asString().endsWith("/" + event.id());
		assertThat(event.callbackUrl()).isNotNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("results")
	void canBePendingOrFailedForEveryType(String type, SimulatedResult result) {
		assertThat(parse(result.pending()).isPending()).isTrue();
		SimulatedResult failed = result.failed("The service is not available");
		assertThat(parse(failed).isFailed()).isTrue();
		assertThat(parse(failed.paid())).isInstanceOf(parse(result).getClass())
			.satisfies((event) -> assertThat(event.isSuccessful()).isTrue());
		assertThat(failed.json().contains("The service is not available"))
			.isEqualTo(List.of("incoming_payment", "send_money", "reversal", "payment_link").contains(type));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("results")
	void hasChosenIdForEveryType(String type, SimulatedResult result) {
		K2ResultEvent event = parse(result.id("247b1bd8"));
		assertThat(event.id()).isEqualTo("247b1bd8");
		assertThat(event.linkSelf()).asString().endsWith("/247b1bd8");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("results")
	void becomesEventForEveryType(String type, SimulatedResult result) {
		assertThat(result.toEvent()).isEqualTo(parse(result)).returns(result.json(), K2Event::rawJson);
		assertThat(result.toEvent(K2ResultEvent.class, "kiosk").account()).isEqualTo("kiosk");
	}

	@Test
	void explainsEventOfAnotherType() {
		SimulatedResult push = SimulatedResult.stkPush();
		assertThatIllegalArgumentException().isThrownBy(() -> push.toEvent(PollingResult.class))
			.withMessage("The message is no PollingResult, but a StkPushResult");
		SimulatedResult unreadable = push.with("event.resource.amount", "a lot");
		assertThatIllegalArgumentException().isThrownBy(() -> unreadable.toEvent(StkPushResult.class))
			.withMessageStartingWith("The message is no StkPushResult, but a UnrecognizedK2Event: ")
			.withMessageContaining("amount");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("results")
	void becomesUnresolvedRequestForEveryType(String type, SimulatedResult result) {
		UnresolvedK2Request request = result.id("247b1bd8").toUnresolvedRequest();
		assertThat(request.account()).isEqualTo("default");
		assertThat(request.type()).isEqualTo(type);
		assertThat(request.id()).isEqualTo("247b1bd8");
		assertThat(request.location()).returns("247b1bd8", K2Location::id);
		assertThat(request.startedAt()).isBefore(Instant.now());
	}

	@Test
	void keepsMetadataOfUnresolvedRequest() {
		SimulatedResult push = SimulatedResult.stkPush().metadata(Map.of("order", "17"));
		assertThat(push.pending().toUnresolvedRequest().metadata()).containsExactly(Map.entry("order", "17"));
	}

	@Test
	void hasUniqueIdentifiers() {
		StkPushResult first = push(SimulatedResult.stkPush());
		StkPushResult second = push(SimulatedResult.stkPush());
		assertThat(first.id()).isNotEqualTo(second.id());
		assertThat(first.reference()).isNotEqualTo(second.reference());
	}

	@Test
	void setsMetadataAndAttributesOfPush() {
		StkPushResult push = push(SimulatedResult.stkPush()
			.metadata(Map.of("order_id", "17"))
			.metadata("shop", "Lamu")
			.with("event.resource.amount", "850.0")
			.paid());
		assertThat(push.metadata()).containsOnly(Map.entry("order_id", "17"), Map.entry("shop", "Lamu"));
		assertThat(push.amount()).isEqualByComparingTo("850");
	}

	@Test
	void keepsSetValuesOfFailedPush() {
		StkPushResult push = push(
				SimulatedResult.stkPush().id("17").metadata("order_id", "17").failed("Request cancelled by user"));
		assertThat(push.id()).isEqualTo("17");
		assertThat(push.metadata()).containsEntry("order_id", "17");
		assertThat(push.transaction()).isNull();
		assertThat(push.failureReason()).isEqualTo(StkFailureReason.CANCELLED);
	}

	@Test
	void acceptsNullAttribute() {
		assertThat(push(SimulatedResult.stkPush().with("event.resource.reference", null)).reference()).isNull();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("results")
	void rejectsAttributeThatNoTypeHas(String type, SimulatedResult result) {
		assertThatIllegalArgumentException().isThrownBy(() -> result.with("stauts", "Failed"))
			.withMessageContaining(type + " has no 'stauts', but [")
			.withMessageContaining("status");
	}

	@Test
	void rejectsUnknownAttributeOfTransaction() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SimulatedResult.stkPush().with("event.resource.amuont", "850.0"))
			.withMessageContaining("amount");
	}

	@Test
	void acceptsMetadataAndAttributesOfOtherOutcomes() {
		StkPushResult push = push(SimulatedResult.stkPush()
			.pending()
			.with("metadata.order_id", "17")
			.with("event.resource.amount", "850.0"));
		assertThat(push.metadata()).containsEntry("order_id", "17");
		assertThat(push.amount()).isEqualByComparingTo("850");
	}

	@Test
	void removesAttribute() {
		assertThat(push(SimulatedResult.stkPush().without("event.resource.reference")).reference()).isNull();
	}

	@Test
	void hashFollowsNumberOfPayer() {
		JsonNode transaction = SimulatedResult.stkPush()
			.with("event.resource.sender_phone_number", "+254711000000")
			.transaction();
		assertThat(transaction.path("hashed_sender_phone").asString())
			.isEqualTo(Identifiers.hashedPhoneNumber("+254711000000"));
	}

	static Stream<SimulatedResult> payouts() {
		return Stream.of(SimulatedResult.payment(), SimulatedResult.settlementTransfer(), SimulatedResult.sendMoney());
	}

	@ParameterizedTest
	@MethodSource("payouts")
	void payoutMayArriveInPart(SimulatedResult payout) {
		PayoutResult result = (PayoutResult) parse(payout.withFailedDisbursement("Account is closed"));
		assertThat(result.isFailed()).isTrue();
		assertThat(result.transferBatches()).singleElement()
			.satisfies((batch) -> assertThat(batch.disbursements()).hasSize(2));
		assertThat(result.failedDisbursements()).singleElement()
			.satisfies((failed) -> assertThat(failed.errors()).containsExactly("Account is closed"));
	}

	@ParameterizedTest
	@MethodSource("payouts")
	void batchOfPayoutMayFail(SimulatedResult payout) {
		PayoutResult result = (PayoutResult) parse(payout.withFailedBatch());
		assertThat(result.isFailed()).isTrue();
		assertThat(result.failedDisbursements()).isEmpty();
		assertThat(result.transferBatches()).hasSize(2);
	}

	@Test
	void resultWithoutBatchesHasNoPartialFailure() {
		assertThatIllegalStateException().isThrownBy(() -> SimulatedResult.stkPush().withFailedBatch())
			.withMessageContaining("incoming_payment");
		assertThatIllegalStateException()
			.isThrownBy(() -> SimulatedResult.payment().pending().withFailedDisbursement("Account is closed"));
	}

	@Test
	void signsWithAnotherKey() throws Exception {
		SimulatedResult result = SimulatedResult.stkPush().signedWith("another-key").metadata("order", "17");
		this.simulator.deliver(result);
		assertThat(this.application.next().signature()).isEqualTo(new WebhookSigner("another-key").sign(result.body()));
		SimulatedWebhook webhook = SimulatedWebhook.customerCreated().signedWith("another-key").withId("17");
		this.simulator.deliver(webhook);
		assertThat(this.application.next().signature())
			.isEqualTo(new WebhookSigner("another-key").sign(webhook.body()));
	}

	@Test
	void pollingHasTransaction() {
		assertThat(((PollingResult) parse(SimulatedResult.polling())).transactions()).singleElement()
			.satisfies((transaction) -> assertThat(transaction.reference()).isNotBlank());
	}

	@Test
	void deliversSignedResult() throws Exception {
		SimulatedResult result = SimulatedResult.stkPush();
		assertThat(this.simulator.deliver(result)).isEqualTo(200);
		RecordingApplication.Delivery delivery = this.application.next();
		assertThat(delivery.path()).isEqualTo("/k2/webhooks");
		assertThat(delivery.body()).isEqualTo(result.json());
		assertThat(delivery.signature()).isEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(result.body()));
	}

	@Test
	void deliveredPushCanBePolled() throws Exception {
		SimulatedResult paid = SimulatedResult.stkPush();
		this.simulator.deliver(paid);
		this.simulator.deliver(SimulatedResult.stkPush().failed("System busy"));
		URI poll = this.caller.create("/api/v1/polling", Bodies.poll());
		JsonNode transactions = awaitStatus(poll, "Success").path("transactions");
		assertThat(transactions.values()).map((transaction) -> transaction.at("/resource/reference").asString())
			.containsExactly(push(paid).reference());
	}

	@Test
	void webhookOfPushHasItsReference() {
		SimulatedResult result = SimulatedResult.stkPush().with("event.resource.amount", "850.0");
		JsonNode transaction = SimulatedWebhook.buygoodsTransactionReceived(result).resource();
		assertThat(transaction.path("reference").asString()).isEqualTo(push(result).reference());
		assertThat(transaction.path("amount").asString()).isEqualTo("850.0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SimulatedWebhook.buygoodsTransactionReceived(result.pending()));
	}

	private static StkPushResult push(SimulatedResult result) {
		return (StkPushResult) parse(result);
	}

	private static K2ResultEvent parse(SimulatedResult result) {
		K2Event event = new WebhookParser(new SignatureVerifier(API_KEY, List.of())).parse(result.body(),
				new WebhookSigner(API_KEY).sign(result.body()));
		assertThat(event).isInstanceOf(K2ResultEvent.class);
		return (K2ResultEvent) event;
	}

}
