package io.github.k2connect.test;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for send money.
 */
class SendMoneyTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v2/send_money";

	private static final String WALLET = """
			{"type": "mobile_wallet", "phone_number": "254722000111", "network": "Safaricom", "amount": 100.5,
			 "description": "Wages", "nickname": "Achieng", "favourite": true}
			""";

	private static final String BANK_ACCOUNT = """
			{"type": "bank_account", "account_name": "A", "account_number": "0102", "bank_branch_ref": "b",
			 "amount": "200", "description": "Rent"}
			""";

	private static final String TILL = """
			{"type": "till", "till_number": "567890", "amount": 300, "description": "Milk"}
			""";

	private static final String PAYBILL = """
			{"type": "paybill", "paybill_number": "888880", "paybill_account_number": "3377", "amount": 400,
			 "description": "Power"}
			""";

	private static final String MERCHANT_WALLET = """
			{"type": "merchant_wallet", "reference": "w-1", "amount": 500}
			""";

	private static final String MERCHANT_BANK_ACCOUNT = """
			{"type": "merchant_bank_account", "reference": "b-1", "amount": 600}
			""";

	private static final List<String> COMMON = List.of("amount", "status", "errors", "destination_type",
			"destination_reference", "origination_time", "transaction_reference");

	@Test
	void sendsMoneyToDestinationsOfEveryType() throws Exception {
		this.caller.create(PATH,
				Bodies.sendMoney(WALLET, BANK_ACCOUNT, TILL, PAYBILL, MERCHANT_WALLET, MERCHANT_BANK_ACCOUNT));
		JsonNode attributes = nextResult("send_money");
		assertThat(attributes.path("status").asString()).isEqualTo("Processed");
		assertThat(attributes.path("source_identifier").asString()).isEqualTo("K000000");
		assertThat(attributes.path("currency").asString()).isEqualTo("KES");
		assertThat(attributes.at("/metadata/run").asString()).isEqualTo("7");
		assertThat(attributes.path("errors").isNull()).isTrue();
		assertThat(attributes.path("destinations")).hasSize(6);
		assertThat(attributes.path("destinations").values()).map((node) -> node.path("amount").isNumber())
			.containsOnly(true);
		assertThat(attributes.at("/destinations/0/amount").asString()).isEqualTo("100.5");
		assertThat(attributes.at("/destinations/0/nickname").asString()).isEqualTo("Achieng");
		JsonNode batch = attributes.at("/transfer_batches/0");
		assertThat(batch.path("amount").asString()).isEqualTo("2100.5");
		assertThat(batch.path("disbursements").values()).map((node) -> node.path("amount").asString())
			.containsExactly("100.5", "200.0", "300.0", "400.0", "500.0", "600.0");
		assertThat(batch.path("disbursements").values()).map((node) -> node.path("destination_reference").asString())
			.satisfies((references) -> assertThat(references.subList(0, 4)).allMatch((id) -> id.length() == 36))
			.endsWith("w-1", "b-1");
		assertThat(batch.path("disbursements").values()).map((node) -> node.path("destination_type").asString())
			.containsExactly("mobile_wallet", "bank_account", "till", "paybill", "merchant_wallet",
					"merchant_bank_account");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			mobile_wallet         | phone_number=254722000111 nickname=Achieng favourite=true
			bank_account          | account_name=A account_number=0102 bank_branch_ref=b nickname= favourite=
			till                  | till_number=567890 nickname= favourite=
			paybill               | paybill_number=888880 paybill_account_number=3377 nickname= favourite=
			merchant_wallet       | nickname= favourite=
			merchant_bank_account | nickname= favourite=
			""")
	void disbursementHasPropertiesOfItsDestination(String type, String expected) throws Exception {
		this.caller.create(PATH,
				Bodies.sendMoney(WALLET, BANK_ACCOUNT, TILL, PAYBILL, MERCHANT_WALLET, MERCHANT_BANK_ACCOUNT));
		JsonNode disbursement = nextResult("send_money").at("/transfer_batches/0/disbursements")
			.valueStream()
			.filter((node) -> node.path("destination_type").asString().equals(type))
			.findFirst()
			.orElseThrow();
		List<String> details = disbursement.propertyStream()
			.filter((property) -> !COMMON.contains(property.getKey()))
			.map((property) -> property.getKey() + "=" + property.getValue().asString(""))
			.toList();
		assertThat(details).containsExactlyInAnyOrder(expected.split(" ", -1));
		assertThat(disbursement.propertyNames()).containsAll(COMMON);
		assertThat(disbursement.path("errors").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]" })
	void sweepsBalanceWithoutDestinations(String destinations) throws Exception {
		ObjectNode body = Bodies.remove(Bodies.sendMoney(), "/destinations");
		if (!destinations.isEmpty()) {
			body.set("destinations", Json.MAPPER.readTree(destinations));
		}
		this.caller.create(PATH, body);
		JsonNode attributes = nextResult("send_money");
		assertThat(attributes.path("destinations")).isEmpty();
		assertThat(attributes.at("/transfer_batches/0/amount").asString()).isEqualTo(Settlements.WHOLE_BALANCE);
		assertThat(attributes.at("/transfer_batches/0/disbursements/0/destination_type").asString())
			.isEqualTo("merchant_bank_account");
	}

	@ParameterizedTest
	@ValueSource(strings = { MERCHANT_WALLET, MERCHANT_BANK_ACCOUNT })
	void notifiesSubscribersOfMoneySentToMerchant(String destination) throws Exception {
		subscribe("v2", "settlement_transfer_completed", "company", "");
		this.caller.create(PATH, Bodies.sendMoney(destination));
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode resource = (first.has("topic") ? first : second).at("/event/resource");
		assertThat(resource.at("/destination/resource/reference").asString()).matches("[wb]-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "{}", "0", "false" })
	void rejectsDestinationsThatAreNotList(String destinations) {
		ObjectNode body = Bodies.sendMoney();
		body.set("destinations", Json.MAPPER.readTree(destinations));
		assertBadRequest(this.caller.post(PATH, body), "destinations must be an array");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/phone_number | "+255722000111" | destinations[1].phone_number must be 254 followed by nine digits
			/phone_number | null            | destinations[1].phone_number is missing
			/amount       | 0.001           | destinations[1].amount must have at most two decimals
			/amount       | null            | destinations[1].amount is missing
			/description  | null            | destinations[1].description is missing
			/favourite    | "yes"           | destinations[1].favourite must be true or false
			""")
	void namesInvalidDestinationByIndex(String pointer, String value, String message) {
		ObjectNode wrong = Bodies.set(Bodies.of(WALLET), pointer, Json.MAPPER.readTree(value));
		assertBadRequest(this.caller.post(PATH, Bodies.sendMoney(TILL, wrong.toString())), message);
	}

	@Test
	void rejectsDestinationOfUnknownType() {
		assertBadRequest(this.caller.post(PATH, Bodies.sendMoney("""
				{"type": "pigeon", "amount": 1, "description": "Grain"}
				""")), "destinations[0].type is not one of bank_account, merchant_bank_account, merchant_wallet, "
				+ "mobile_wallet, paybill, till");
	}

	@Test
	void rejectsDestinationThatIsNotObject() {
		assertBadRequest(this.caller.post(PATH, Bodies.sendMoney("1")), "destinations[0] must be an object");
	}

}
