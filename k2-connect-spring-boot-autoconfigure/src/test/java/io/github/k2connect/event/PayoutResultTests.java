package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayoutResult}: processed money has not always arrived.
 */
class PayoutResultTests {

	private static final List<String> TYPES = List.of("payment", "settlement_transfer", "send_money");

	/**
	 * Batches are separated by blanks: a batch is its own status and those of its
	 * disbursements.
	 */
	@ParameterizedTest(name = "{0} {1} {2}: {3}")
	@MethodSource("typesAndOutcomes")
	void derivesOutcomeOfProcessedPayoutFromDisbursements(String type, String status, String batches, Outcome outcome) {
		PayoutResult result = result(type, status, json(batches));
		assertThat(result.outcome()).isEqualTo(outcome);
		assertThat(result.isSuccessful()).isEqualTo(outcome == Outcome.SUCCESSFUL);
		assertThat(result.isPending()).isEqualTo(outcome == Outcome.PENDING);
		assertThat(result.isFailed()).isEqualTo(outcome == Outcome.FAILED);
	}

	static Stream<Arguments> typesAndOutcomes() {
		return TYPES.stream().flatMap((type) -> """
				Processed;   Transferred:Transferred,Transferred; SUCCESSFUL
				Transferred; Transferred:Transferred;             SUCCESSFUL
				Processed;   Transferred:Transferred,Failed;      FAILED
				Processed;   Transferred:Failed;                  FAILED
				Processed;   Transferred:Cancelled;               FAILED
				Processed;   Transferred:Reversed;                FAILED
				Processed;   Transferred:Pending;                 PENDING
				Processed;   Transferred:Sleeping;                PENDING
				Processed;   Transferred:null;                    PENDING
				Processed;   Transferred:Failed,Pending;          PENDING
				Processed;   Failed:Transferred;                  SUCCESSFUL
				Processed;   null:Transferred;                    SUCCESSFUL
				Processed;   Transferred:Transferred A:Failed;    FAILED
				Processed;   Transferred:Failed A:Pending;        PENDING
				Processed;   Transferred:Transferred A:Paid;      SUCCESSFUL
				Processed;   Transferred;                         SUCCESSFUL
				Processed;   Failed;                              FAILED
				Processed;   Scheduled;                           PENDING
				Processed;   null;                                PENDING
				Processed;   Transferred:Transferred Rejected;    FAILED
				Processed;   Transferred:Transferred Scheduled;   PENDING
				Processed;   Transferred Transferred:Failed;      FAILED
				PROCESSED;   transferred:TRANSFERRED,fAiLeD;      FAILED
				processed;   A:transferred,TRANSFERRED;           SUCCESSFUL
				Processed;   ;                                    SUCCESSFUL
				Scheduled;   Transferred:Transferred;             PENDING
				Scheduled;   Transferred:Failed;                  PENDING
				Sleeping;    Transferred:Transferred;             PENDING
				null;        Transferred:Transferred;             PENDING
				Failed;      Transferred:Transferred;             FAILED
				Rejected;    Transferred:Pending;                 FAILED
				""".lines().map((line) -> {
			String[] parts = line.split(";", -1);
			return Arguments.of(type, parts[0].strip(), parts[1].strip(), Outcome.valueOf(parts[2].strip()));
		}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "[]" })
	void derivesOutcomeFromStatusWithoutBatches(String batches) {
		TYPES.forEach((type) -> {
			assertThat(result(type, "Processed", batches).isSuccessful()).isTrue();
			assertThat(result(type, "Scheduled", batches).isPending()).isTrue();
			assertThat(result(type, "Failed", batches).isFailed()).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"status\": \"Failed\", \"disbursements\": null}",
			"{\"status\": \"Failed\", \"disbursements\": []}", "{\"status\": \"Failed\"}" })
	void derivesOutcomeFromStatusOfBatchWithoutDisbursements(String batch) {
		assertThat(result("payment", "Processed", "[" + batch + "]").isFailed()).isTrue();
	}

	@Test
	void findsFailedDisbursementsBeforeOutcomeIsFinal() {
		TYPES.forEach((type) -> {
			PayoutResult result = result(type, "Processed", json("A:Transferred,Failed,Pending B:cancelled Failed"));
			assertThat(result.isPending()).isTrue();
			assertThat(result.failedDisbursements()).extracting(Disbursement::status)
				.containsExactly("Failed", "cancelled");
		});
	}

	@Test
	void findsNoFailedDisbursementWhenAllArrivedOrNoneExists() {
		assertThat(result("payment", "Processed", json("A:Transferred")).failedDisbursements()).isEmpty();
		assertThat(result("payment", "Failed", "null").failedDisbursements()).isEmpty();
	}

	@Test
	void readsReasonOfFailedDisbursement() {
		PayoutResult result = (PayoutResult) Sample.SEND_MONEY.event();
		assertThat(result.isFailed()).isTrue();
		assertThat(result.failedDisbursements()).singleElement().satisfies((disbursement) -> {
			assertThat(disbursement.errors()).containsExactly("Account is closed");
			assertThat(disbursement.amount()).isEqualTo(new BigDecimal("120.00"));
			assertThat(disbursement.accountName()).isEqualTo("Nyumba Bora");
			assertThat(disbursement.accountNumber()).isEqualTo("0990012345");
			assertThat(disbursement.bankBranchRef()).isEqualTo("branch-9");
		});
	}

	@Test
	void readsDestinationDetailsOfDisbursement() {
		Disbursement disbursement = disbursement("""
				{"nickname": "Juma", "favourite": true, "phone_number": "254712000003", "network": "Safaricom",
				 "account_name": "Nyumba Bora", "account_number": 990012345, "bank_branch_ref": "branch-9",
				 "till_number": 890017, "paybill_number": 888880, "paybill_account_number": "37001234"}
				""");
		assertThat(disbursement.destination()).isEqualTo(new DestinationDetails("Juma", true, "254712000003",
				"Safaricom", "Nyumba Bora", "990012345", "branch-9", "890017", "888880", "37001234"));
		assertThat(disbursement.nickname()).isEqualTo("Juma");
		assertThat(disbursement.favourite()).isTrue();
		assertThat(disbursement.phoneNumber()).isEqualTo("254712000003");
		assertThat(disbursement.network()).isEqualTo("Safaricom");
		assertThat(disbursement.accountName()).isEqualTo("Nyumba Bora");
		assertThat(disbursement.accountNumber()).isEqualTo("990012345");
		assertThat(disbursement.bankBranchRef()).isEqualTo("branch-9");
		assertThat(disbursement.tillNumber()).isEqualTo("890017");
		assertThat(disbursement.paybillNumber()).isEqualTo("888880");
		assertThat(disbursement.paybillAccountNumber()).isEqualTo("37001234");
	}

	@Test
	void acceptsDisbursementWithoutDetails() {
		Disbursement disbursement = disbursement("{\"amount\": 10, \"nickname\": null}");
		assertThat(disbursement.destination()).isNull();
		assertThat(Stream.of(disbursement.nickname(), disbursement.favourite(), disbursement.phoneNumber(),
				disbursement.network(), disbursement.accountName(), disbursement.accountNumber(),
				disbursement.bankBranchRef(), disbursement.tillNumber(), disbursement.paybillNumber(),
				disbursement.paybillAccountNumber()))
			.containsOnlyNulls();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			null                              |
			[]                                |
			[null]                            |
			"Account is closed"               | Account is closed
			["Account is closed", null, 17]   | Account is closed;17
			""")
	void readsDisbursementErrorsFromNullTextOrList(String errors, @Nullable String texts) {
		assertThat(disbursement("{\"errors\": %s}".formatted(errors)).errors())
			.isEqualTo((texts != null) ? List.of(texts.split(";", -1)) : List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"destination\": {\"type\": \"Sacco\", \"resource\": {\"branch\": [1, {}]}}}",
			"{\"destination\": \"dest-1\"}", "{\"destination\": [[]]}", "{\"account_reference\": {\"a\": 1}}",
			"{\"resource\": {\"phone_number\": {}}}" })
	void ignoresUnknownShapes(String disbursement) {
		assertThat(disbursement(disbursement)).isEqualTo(disbursement("{}"));
	}

	@Test
	void readsReferenceFromStringOrNumber() {
		Disbursement disbursement = disbursement(
				"{\"transaction_reference\": 4711, \"destination_reference\": 12, \"amount\": 3}");
		assertThat(disbursement.transactionReference()).isEqualTo("4711");
		assertThat(disbursement.destinationReference()).isEqualTo("12");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"errors\": {\"code\": 1}}", "{\"errors\": [{\"code\": 1}]}",
			"{\"errors\": [[{\"code\": [1, null]}]]}" })
	void readsErrorObjectsAsTexts(String disbursement) {
		assertThat(disbursement(disbursement).errors()).containsExactly("code 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"favourite\": \"perhaps\"}", "{\"phone_number\": {}}", "{\"till_number\": []}" })
	void deliversDisbursementWithWrongTypesAsUnrecognized(String disbursement) {
		assertThat(Sample
			.decode(message("send_money", "Processed", "[{\"disbursements\": [%s]}]".formatted(disbursement))))
			.isInstanceOfSatisfying(UnrecognizedK2Event.class,
					(event) -> assertThat(event.payload()).contains(disbursement));
	}

	@Test
	void copiesErrors() {
		List<String> errors = new ArrayList<>();
		Disbursement disbursement = new Disbursement(null, null, null, null, null, null, errors, null);
		errors.add("later");
		assertThat(disbursement.errors()).isEmpty();
	}

	@Test
	void readsDisbursementStoredByEarlierVersion() {
		Disbursement disbursement = JsonMapper.shared().readValue("""
				{"amount": 600.00, "status": "Transferred", "destinationType": "Mobile Wallet",
				 "destinationReference": "dest-1", "originationTime": "2026-03-12T10:00:03+03:00",
				 "transactionReference": "SCC1HH44II"}
				""", Disbursement.class);
		assertThat(disbursement).isEqualTo(new Disbursement(new BigDecimal("600.00"), "Transferred", "Mobile Wallet",
				"dest-1", OffsetDateTime.parse("2026-03-12T10:00:03+03:00"), "SCC1HH44II", List.of(), null));
	}

	@ParameterizedTest
	@EnumSource(names = { "PAYMENT", "SETTLEMENT_TRANSFER", "SEND_MONEY" })
	void keepsOutcomeWhenResultIsStored(Sample sample) {
		PayoutResult result = (PayoutResult) sample.event();
		PayoutResult stored = (PayoutResult) JsonMapper.shared()
			.readValue(JsonMapper.shared().writeValueAsBytes(result), sample.type());
		assertThat(stored).returns(Outcome.FAILED, PayoutResult::outcome)
			.returns(result.failedDisbursements(), PayoutResult::failedDisbursements);
		assertThat(JsonMapper.shared().writeValueAsString(result)).doesNotContain("failedDisbursements", "outcome");
	}

	private static Disbursement disbursement(String json) {
		return result("send_money", "Processed", "[{\"disbursements\": [%s]}]".formatted(json)).transferBatches()
			.get(0)
			.disbursements()
			.get(0);
	}

	private static PayoutResult result(String type, String status, String batches) {
		return (PayoutResult) Sample.decode(message(type, status, batches));
	}

	private static String message(String type, String status, String batches) {
		return """
				{"data": {"id": "id-1", "type": "%s", "attributes": {"status": %s, "transfer_batches": %s}}}
				""".formatted(type, quoted(status), batches);
	}

	private static String json(String batches) {
		return Stream.of(batches.split(" ", -1)).filter((batch) -> !batch.isEmpty()).map((batch) -> {
			String[] parts = batch.split(":", -1);
			String disbursements = (parts.length == 1) ? "null"
					: Stream.of(parts[1].split(",", -1))
						.map((status) -> "{\"status\": " + quoted(status) + "}")
						.toList()
						.toString();
			return "{\"status\": %s, \"disbursements\": %s}".formatted(quoted(parts[0]), disbursements);
		}).toList().toString();
	}

	private static String quoted(String text) {
		return text.equals("null") ? text : "\"" + text + "\"";
	}

}
