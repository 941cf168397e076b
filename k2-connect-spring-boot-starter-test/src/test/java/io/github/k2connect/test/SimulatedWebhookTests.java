package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.event.DarajaTransaction;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.MalformedWebhookException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SimulatedWebhook}.
 */
class SimulatedWebhookTests {

	private static final String TRANSACTION = "id reference origination_time amount currency status till_number ";

	static Stream<Arguments> webhooks() {
		String buygoods = TRANSACTION + "sender_phone_number hashed_sender_phone system sender_first_name "
				+ "sender_middle_name sender_last_name";
		String b2b = TRANSACTION + "sending_till system";
		String card = TRANSACTION + "customer_cc_number";
		String settlement = "id origination_time amount currency status destination disbursements";
		return Stream.of(
				Arguments.of(SimulatedWebhook.buygoodsTransactionReceived(), "buygoods_transaction_received",
						"Buygoods Transaction", "Received", buygoods),
				Arguments.of(SimulatedWebhook.buygoodsTransactionReversed(), "buygoods_transaction_reversed",
						"Buygoods Transaction", "Reversed", buygoods),
				Arguments.of(SimulatedWebhook.b2bTransactionReceived(), "b2b_transaction_received",
						"External Till to Till Transaction", "Complete", b2b),
				Arguments.of(SimulatedWebhook.b2bTransactionReversed(), "b2b_transaction_reversed",
						"External Till To Till Reversal Transaction", "Reversed", b2b),
				Arguments.of(SimulatedWebhook.m2mTransactionReceived(), "m2m_transaction_received",
						"Merchant to Merchant Transaction", "Received",
						"id origination_time amount currency status sending_merchant"),
				Arguments.of(SimulatedWebhook.settlementTransferCompletedToBankAccount(),
						"settlement_transfer_completed", "Settlement Transfer", "Transferred", settlement),
				Arguments.of(SimulatedWebhook.settlementTransferCompletedToMobileWallet(),
						"settlement_transfer_completed", "Settlement Transfer", "Transferred", settlement),
				Arguments.of(SimulatedWebhook.customerCreated(), "customer_created", "Customer Created", "",
						"first_name middle_name last_name phone_number"),
				Arguments.of(SimulatedWebhook.cardTransactionReceived(), "card_transaction_received",
						"Card Transaction", "Received", card + " settled"),
				Arguments.of(SimulatedWebhook.cardTransactionVoided(), "card_transaction_voided", "Card Transaction",
						"Voided", card),
				Arguments.of(SimulatedWebhook.cardTransactionReversed(), "card_transaction_reversed",
						"Card Transaction", "Reversed", card));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("webhooks")
	void everyTopicHasSample(SimulatedWebhook webhook, String topic, String eventType, String status,
			String properties) {
		JsonNode json = json(webhook);
		assertThat(json.propertyNames()).containsExactly("topic", "id", "created_at", "event", "_links");
		assertThat(json.path("topic").asString()).isEqualTo(topic);
		assertThat(json.path("id").asString()).matches("[0-9a-f-]{36}");
		assertThat(OffsetDateTime.parse(json.path("created_at").asString()).getOffset()).hasToString("+03:00");
		assertThat(json.at("/event/type").asString()).isEqualTo(eventType);
		assertThat(json.at("/event/resource/status").asString("")).isEqualTo(status);
		assertThat(json.at("/event/resource").propertyNames()).containsExactlyInAnyOrder(properties.split(" ", -1));
		assertThat(json.path("_links").propertyNames()).containsExactly("self", "resource");
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("webhooks")
	void becomesEventForEveryTopic(SimulatedWebhook webhook, String topic) {
		K2WebhookEvent event = webhook.toEvent(K2WebhookEvent.class);
		assertThat(event).returns(topic, K2WebhookEvent::topic)
			.returns("default", K2Event::account)
			.returns(webhook.json(), K2Event::rawJson)
			.isEqualTo(webhook.toEvent());
		assertThat(webhook.toEvent(K2WebhookEvent.class, "kiosk").account()).isEqualTo("kiosk");
	}

	@Test
	void becomesEventOfDarajaForm() {
		SimulatedWebhook webhook = SimulatedWebhook.buygoodsTransactionReceived().with("amount", "450.50");
		assertThat(webhook.inDarajaForm().toEvent(DarajaTransaction.class).amount()).isEqualByComparingTo("450.50");
	}

	@Test
	void becomesUnrecognizedEvent() {
		assertThat(SimulatedWebhook.of("{\"topic\": \"new\", \"id\": \"1\"}").toEvent())
			.isInstanceOf(UnrecognizedK2Event.class);
		SimulatedWebhook nothing = SimulatedWebhook.of("{}");
		assertThatExceptionOfType(MalformedWebhookException.class).isThrownBy(nothing::toEvent);
	}

	@Test
	void becomesMissedPaymentAndReversal() {
		SimulatedWebhook received = SimulatedWebhook.buygoodsTransactionReceived().with("reference", "TST1");
		SimulatedWebhook reversed = SimulatedWebhook.buygoodsTransactionReversed().with("reference", "TST1");
		assertThat(received.toMissedTillPayment()).returns("TST1", K2Event::id)
			.returns("Received", (missed) -> missed.payment().status());
		assertThat(reversed.toMissedTillReversal()).returns("TST1", K2Event::id)
			.returns("Reversed", (missed) -> missed.payment().status());
		assertThatIllegalArgumentException().isThrownBy(reversed::toMissedTillPayment);
		assertThatIllegalArgumentException().isThrownBy(received::toMissedTillReversal);
	}

	@Test
	void describesSettlementToBankAccount() {
		JsonNode destination = json(SimulatedWebhook.settlementTransferCompletedToBankAccount())
			.at("/event/resource/destination");
		assertThat(destination.path("type").asString()).isEqualTo("Bank Account");
		assertThat(destination.path("resource").propertyNames()).containsExactly("reference", "account_name",
				"account_number", "bank_branch_ref", "settlement_method");
	}

	@Test
	void describesSettlementToWallet() {
		JsonNode destination = json(SimulatedWebhook.settlementTransferCompletedToMobileWallet())
			.at("/event/resource/destination");
		assertThat(destination.path("type").asString()).isEqualTo("Mobile Wallet");
		assertThat(destination.path("resource").propertyNames()).containsExactly("reference", "first_name", "last_name",
				"phone_number", "network");
	}

	@Test
	void darajaFormHasNoTopic() {
		assertThat(json(SimulatedWebhook.darajaTransaction()).propertyNames()).containsExactly("TransactionType",
				"TransID", "TransTime", "TransAmount", "BusinessShortCode", "BillRefNumber", "InvoiceNumber",
				"OrgAccountBalance", "ThirdPartyTransID", "MSISDN", "FirstName", "MiddleName", "LastName");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			buygoods | 514459  | Buygoods
			buygoods | K514459 | Pay Bill
			b2b      | 514459  | Organization To Organization Transfer
			business | 514459  | Business Payment
			""")
	void darajaFormHasTypeOfPayment(String kind, String tillNumber, String transactionType) {
		SimulatedWebhook webhook = switch (kind) {
			case "buygoods" -> SimulatedWebhook.buygoodsTransactionReceived();
			case "b2b" -> SimulatedWebhook.b2bTransactionReceived();
			default -> SimulatedWebhook.b2bTransactionReceived().without("sending_till");
		};
		JsonNode daraja = json(webhook.with("till_number", tillNumber).inDarajaForm());
		assertThat(daraja.path("TransactionType").asString()).isEqualTo(transactionType);
		assertThat(daraja.path("BusinessShortCode").asString()).isEqualTo(tillNumber);
	}

	@Test
	void darajaFormOmitsMissingProperties() {
		JsonNode daraja = json(SimulatedWebhook.buygoodsTransactionReceived()
			.with("origination_time", "yesterday")
			.without("amount")
			.with("reference", null)
			.inDarajaForm());
		assertThat(daraja.path("TransTime").asString()).isEmpty();
		assertThat(daraja.path("TransAmount").asString()).isEmpty();
		assertThat(daraja.path("TransID").asString()).isEmpty();
	}

	@Test
	void linkOfResourceEndsWithItsId() {
		SimulatedWebhook webhook = SimulatedWebhook.buygoodsTransactionReceived();
		assertThat(resourceLink(webhook)).endsWith("/" + json(webhook).at("/event/resource/id").asString());
		assertThat(resourceLink(webhook.with("id", "r-1"))).endsWith("/financial_transaction/r-1");
		assertThat(resourceLink(webhook.with("id", "a b/c"))).endsWith("/financial_transaction/a+b%2Fc");
		assertThat(resourceLink(webhook.with("id", null))).isEqualTo(resourceLink(webhook));
		assertThat(resourceLink(webhook.without("id").with("amount", 1))).isEqualTo(resourceLink(webhook));
		assertThat(resourceLink(SimulatedWebhook.customerCreated())).matches(".+/financial_transaction/[0-9a-f-]{36}");
	}

	@Test
	void hashesPhoneNumberWithoutPlus() {
		JsonNode resource = json(SimulatedWebhook.buygoodsTransactionReceived()).at("/event/resource");
		assertThat(resource.path("sender_phone_number").asString()).isEqualTo("+254712345678");
		assertThat(resource.path("hashed_sender_phone").asString())
			.isEqualTo("7132104d6aae9c3fac82095a42c2817952bca48e09d98d5bf4ac08218982fb90");
	}

	@Test
	void masksPhoneNumberOfPayer() {
		SimulatedWebhook webhook = SimulatedWebhook.buygoodsTransactionReceived();
		JsonNode masked = json(webhook.maskedSenderPhone()).at("/event/resource");
		assertThat(masked.path("sender_phone_number").asString()).isEqualTo("+2547*****678");
		assertThat(masked.path("hashed_sender_phone"))
			.isEqualTo(json(webhook).at("/event/resource/hashed_sender_phone"));
		assertThat(json(SimulatedWebhook.customerCreated().maskedSenderPhone()).at("/event/resource/phone_number")
			.asString()).isEqualTo("+2547*****678");
		SimulatedWebhook withoutNumber = SimulatedWebhook.b2bTransactionReceived();
		assertThat(withoutNumber.maskedSenderPhone().json()).isEqualTo(withoutNumber.json());
		assertThat(SimulatedWebhook.of("{\"sender_phone_number\":\"254712345678\"}").maskedSenderPhone().json())
			.isEqualTo("{\"sender_phone_number\":\"2547*****678\"}");
	}

	private static String resourceLink(SimulatedWebhook webhook) {
		return json(webhook).at("/_links/resource").asString();
	}

	@Test
	void everyWebhookIsUnique() {
		SimulatedWebhook one = SimulatedWebhook.buygoodsTransactionReceived();
		SimulatedWebhook other = SimulatedWebhook.buygoodsTransactionReceived();
		assertThat(json(one).path("id")).isNotEqualTo(json(other).path("id"));
		assertThat(json(one).at("/event/resource/reference")).isNotEqualTo(json(other).at("/event/resource/reference"));
	}

	@Test
	void setsPropertiesOfResource() {
		JsonNode resource = json(SimulatedWebhook.settlementTransferCompletedToBankAccount()
			.with("amount", 20000)
			.with("currency", null)
			.with("disbursements", List.of(Map.of("amount", "20000.0")))
			.with("disbursements.0.amount", "1.0")
			.with("destination.resource.account_name", "Duka")).at("/event/resource");
		assertThat(resource.path("amount").isIntegralNumber()).isTrue();
		assertThat(resource.path("currency").isNull()).isTrue();
		assertThat(resource.at("/disbursements/0/amount").asString()).isEqualTo("1.0");
		assertThat(resource.at("/destination/resource/account_name").asString()).isEqualTo("Duka");
		assertThat(resource.at("/destination/resource/account_number").asString()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(strings = { "amuont", "destination.resource.acount_name", "made.up", "topic", "disbursements.1.amount",
			"metadata" })
	void rejectsPropertyThatWebhookDoesNotHave(String property) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SimulatedWebhook.settlementTransferCompletedToBankAccount().with(property, "1"))
			.withMessageContaining("settlement_transfer_completed has no '" + property + "'");
	}

	@Test
	void namesPropertiesThatWebhookHas() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> SimulatedWebhook.customerCreated().with("phone", "+254711222333"))
			.withMessage("A customer_created has no 'phone', but [first_name, middle_name, last_name, phone_number]");
	}

	@Test
	void rejectsPropertyThatDarajaFormDoesNotHave() {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedWebhook.darajaTransaction().with("amount", "1"))
			.withMessageContaining("'amount'");
	}

	@Test
	void hashFollowsNumberOfPayer() {
		JsonNode resource = json(
				SimulatedWebhook.buygoodsTransactionReceived().with("sender_phone_number", "+254711000000"))
			.at("/event/resource");
		assertThat(resource.path("hashed_sender_phone").asString())
			.isEqualTo(Identifiers.hashedPhoneNumber("+254711000000"));
		JsonNode masked = json(SimulatedWebhook.buygoodsTransactionReceived()
			.with("sender_phone_number", "+254711000000")
			.maskedSenderPhone()).at("/event/resource");
		assertThat(masked.path("hashed_sender_phone")).isEqualTo(resource.path("hashed_sender_phone"));
	}

	@Test
	void removesPropertiesOfResource() {
		JsonNode resource = json(SimulatedWebhook.settlementTransferCompletedToMobileWallet()
			.without("amount")
			.without("destination.resource.reference")
			.without("not.there")).at("/event/resource");
		assertThat(resource.has("amount")).isFalse();
		assertThat(resource.at("/destination/resource").propertyNames()).doesNotContain("reference")
			.contains("network");
	}

	@Test
	void setsPropertiesOfWebhook() {
		JsonNode json = json(SimulatedWebhook.customerCreated()
			.withId("w-1")
			.withCreatedAt(OffsetDateTime.parse("2026-01-20T10:15:30+03:00")));
		assertThat(json.path("id").asString()).isEqualTo("w-1");
		assertThat(json.path("created_at").asString()).isEqualTo("2026-01-20T10:15:30+03:00");
	}

	@Test
	void doesNotChangeOriginal() {
		SimulatedWebhook original = SimulatedWebhook.buygoodsTransactionReceived();
		String before = original.json();
		assertThat(original.with("amount", "1.0").json()).isNotEqualTo(before);
		assertThat(original.json()).isEqualTo(before);
	}

	@Test
	void setsTopLevelPropertiesOfDarajaForm() {
		JsonNode json = json(SimulatedWebhook.darajaTransaction().with("TransID", "TK31ABCDEF").without("MSISDN"));
		assertThat(json.path("TransID").asString()).isEqualTo("TK31ABCDEF");
		assertThat(json.has("MSISDN")).isFalse();
	}

	@Test
	void sendsCustomBodyUnchanged() {
		String body = "{ \"topic\" : \"pigeon_received\",\n \"note\":\"café\" }";
		assertThat(SimulatedWebhook.of(body).body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
		assertThat(json(SimulatedWebhook.of(body).with("id", "1")).path("topic").asString())
			.isEqualTo("pigeon_received");
	}

	@Test
	void rejectsChangeOfBodyThatIsNotJson() {
		assertThatIllegalStateException().isThrownBy(() -> SimulatedWebhook.of("not JSON").with("id", "1"))
			.withMessageContaining("not a JSON object");
	}

	private static JsonNode json(SimulatedWebhook webhook) {
		return Json.MAPPER.readTree(webhook.body());
	}

}
