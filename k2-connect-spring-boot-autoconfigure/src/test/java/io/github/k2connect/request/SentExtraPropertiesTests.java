package io.github.k2connect.request;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for extra properties of requests that are sent.
 */
class SentExtraPropertiesTests {

	private static final String PUSHES = "/api/v1/incoming_payments";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final StkService stk = new StkService(kopoKopo.client());

	@Test
	void leadsIntoObjectsOfRequestAndIntoNewOnes() {
		kopoKopo.creates(PUSHES);
		this.stk.initiateIncomingPayment(push().extra("subscriber.nickname", "Baraka")
			.extra("subscriber.address.town", "Kisumu")
			.extra("subscriber.address.country", "KE")
			.extra("_links.return_url", "https://duka.example/thanks")
			.extra("priority", true)
			.build());
		kopoKopo.assertPosted(PUSHES,
				"""
						{
						  "payment_channel": "M-PESA STK Push",
						  "till_number": "K112233",
						  "subscriber": {
						    "phone_number": "+254712000001",
						    "nickname": "Baraka",
						    "address": {"town": "Kisumu", "country": "KE"}
						  },
						  "amount": {"currency": "KES", "value": 1},
						  "_links": {"callback_url": "https://duka.example/k2/webhooks", "return_url": "https://duka.example/thanks"},
						  "priority": true
						}""");
	}

	@Test
	void writesEveryTypeOfValue() {
		assertThat(new String(Destination.merchantWallet()
			.reference("mw-1")
			.amount(1)
			.extra("text", "Zoë \"🎉\"")
			.extra("large", new BigDecimal("1E+20"))
			.extra("exact", new BigDecimal("2500.10"))
			.extra("double", 1.0E10)
			.extra("float", 0.5F)
			.extra("byte", (byte) 1)
			.extra("list", List.of(1L, List.of(), Map.of("a.b", false)))
			.extra("empty", Map.of())
			.build()
			.toJson()
			.toBytes(), StandardCharsets.UTF_8))
			.isEqualTo("{\"reference\":\"mw-1\",\"type\":\"merchant_wallet\",\"amount\":1,"
					+ "\"text\":\"Zoë \\\"🎉\\\"\",\"large\":100000000000000000000,\"exact\":2500.10,"
					+ "\"double\":10000000000,\"float\":0.5,\"byte\":1,\"list\":[1,[],{\"a.b\":false}],\"empty\":{}}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "till_number", "subscriber", "subscriber.phone_number", "amount", "amount.value",
			"_links.callback_url", "_links" })
	void rejectsPropertyThatRequestHasItself(String path) {
		assertViolations(() -> this.stk.initiateIncomingPayment(push().extra(path, "Baraka").build()),
				"extra must not have " + path + ", because the request has it itself");
	}

	@ParameterizedTest
	@ValueSource(strings = { "till_number.branch", "amount.value.cents", "_links.callback_url.host" })
	void rejectsPathThroughValueThatIsNoObject(String path) {
		assertViolations(() -> this.stk.initiateIncomingPayment(push().extra(path, "Baraka").build()),
				"extra must not have " + path + ", because it leads through a value that is no object");
	}

	/**
	 * The result contains the metadata again: with other values than texts, it could not
	 * be decoded.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "metadata", "metadata.order", "metadata.order.id" })
	void rejectsMetadata(String path) {
		String message = "extra must not have " + path + ", because the request has metadata itself";
		assertViolations(() -> this.stk.initiateIncomingPayment(push().extra(path, "Baraka").build()), message);
		assertViolations(
				() -> this.stk.initiateIncomingPayment(push().metadata("cashier", "7").extra(path, "Baraka").build()),
				message);
	}

	@Test
	void sendsMetadataOfRequestThatHasNone() {
		kopoKopo.creates("/api/v1/polling");
		new PollingService(kopoKopo.client()).pollTransactions(PollingRequest.builder()
			.fromTime(OffsetDateTime.parse("2026-03-02T00:00:00+03:00"))
			.toTime(OffsetDateTime.parse("2026-03-03T00:00:00+03:00"))
			.scope(Scope.COMPANY)
			.extra("metadata", Map.of("run", 7, "nested", List.of(1)))
			.build());
		kopoKopo.assertPosted("/api/v1/polling", """
				{
				  "scope": "company",
				  "from_time": "2026-03-02T00:00:00+03:00",
				  "to_time": "2026-03-03T00:00:00+03:00",
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"},
				  "metadata": {"run": 7, "nested": [1]}
				}""");
	}

	@Test
	void reportsAllViolationsAtOnce() {
		assertViolations(
				() -> this.stk.initiateIncomingPayment(push().extra("amount", 5).extra("till_number.a", 1).build()),
				"extra must not have amount, because the request has it itself",
				"extra must not have till_number.a, because it leads through a value that is no object");
	}

	@Test
	void dependsOnVersion() {
		StkPushRequest request = push().middleName("Njeri").extra("subscriber.middle_name", "Achieng").build();
		kopoKopo.creates(PUSHES);
		this.stk.initiateIncomingPayment(request);
		kopoKopo.assertPosted(PUSHES, """
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K112233",
				  "subscriber": {"phone_number": "+254712000001", "middle_name": "Achieng"},
				  "amount": {"currency": "KES", "value": 1},
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void rejectsPropertyOfOneVersion() {
		StkService v2 = new StkService(kopoKopo.client(ApiVersion.V2));
		assertViolations(
				() -> v2.initiateIncomingPayment(
						push().middleName("Njeri").extra("subscriber.middle_name", "Achieng").build()),
				"extra must not have subscriber.middle_name, because the request has it itself");
	}

	@Test
	void addsPropertiesToDestinationsAndToTheirRequest() {
		kopoKopo.creates("/api/v2/send_money");
		new SendMoneyService(kopoKopo.client(ApiVersion.V2)).sendMoney(SendMoneyRequest.builder()
			.destination(Destination.till()
				.tillNumber("112233")
				.amount(5)
				.description("Unga")
				.extra("urgency.level", 2)
				.build())
			.extra("approver", "Achieng")
			.build());
		kopoKopo.assertPosted("/api/v2/send_money",
				"""
						{
						  "destinations": [{"till_number": "112233", "type": "till", "amount": 5, "description": "Unga", "urgency": {"level": 2}}],
						  "currency": "KES",
						  "_links": {"callback_url": "https://duka.example/k2/webhooks"},
						  "approver": "Achieng"
						}""");
	}

	@Test
	void rejectsPropertyThatDestinationHasItself() {
		SendMoneyRequest request = SendMoneyRequest.builder()
			.destination(
					Destination.till().tillNumber("112233").amount(5).description("Unga").extra("amount", 9).build())
			.build();
		assertViolations(() -> new SendMoneyService(kopoKopo.client(ApiVersion.V2)).sendMoney(request),
				"extra must not have amount, because the request has it itself");
	}

	@Test
	void addsPropertiesToPayRecipient() {
		kopoKopo.creates("/api/v1/pay_recipients");
		new PayService(kopoKopo.client()).addPayRecipient(recipient());
		kopoKopo.assertPosted("/api/v1/pay_recipients", """
				{"type": "till", "pay_recipient": {"till_number": "112233", "till_name": "Duka", "town": "Kisumu"}}""");
	}

	@Test
	void addsPropertiesToExternalRecipient() {
		kopoKopo.creates("/api/v2/external_recipients");
		new ExternalRecipientService(kopoKopo.client(ApiVersion.V2)).addExternalRecipient(recipient());
		kopoKopo.assertPosted("/api/v2/external_recipients",
				"""
						{"type": "till", "external_recipient": {"till_number": "112233", "till_name": "Duka", "town": "Kisumu"}}""");
	}

	private static void assertViolations(ThrowingCallable call, String... messages) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(call).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message).containsExactly(messages);
			assertThat(ex.violations()).extracting(Violation::property).containsOnly("extra");
			assertThat(ex.getMessage()).doesNotContain("Baraka");
		});
		kopoKopo.assertNothingSent();
	}

	private static Recipient recipient() {
		return Recipient.till().tillNumber("112233").tillName("Duka").extra("town", "Kisumu").build();
	}

	private static StkPushRequest.Builder push() {
		return StkPushRequest.builder().tillNumber("K112233").phoneNumber("0712000001").amount(1);
	}

}
