package io.github.k2connect.request;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.Scope;
import io.github.k2connect.pay.PaymentRequest;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.DestinationBuilder;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SweepRequest;
import io.github.k2connect.settlement.MerchantBankAccountRequest;
import io.github.k2connect.settlement.MerchantWalletRequest;
import io.github.k2connect.settlement.SettlementTransferRequest;
import io.github.k2connect.sms.TransactionSmsNotificationRequest;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code toBuilder()} of all requests, destinations and recipients.
 */
class ToBuilderTests {

	private static final URI CALLBACK = URI.create("https://duka.example/other");

	private static final Map<String, String> METADATA = Map.of("order", "88", "cashier", "7");

	private static final Map<String, Object> EXTRA = Map.of("a.b", List.of(1, "c"), "d", true);

	@ParameterizedTest
	@MethodSource("requests")
	void buildsEqualRequest(Record request) throws Exception {
		RequestBuilder<?, ?> builder = (RequestBuilder<?, ?>) request.getClass().getMethod("toBuilder").invoke(request);
		assertThat(builder.build()).isEqualTo(request).isNotSameAs(request);
		for (var component : request.getClass().getRecordComponents()) {
			assertThat(ReflectionUtils.invokeMethod(component.getAccessor(), request) != null).as(component.getName())
				.isEqualTo(!component.getName().equals("idempotencyKey"));
		}
	}

	/**
	 * The changed request would not be sent, or be another one with the same key.
	 */
	@ParameterizedTest
	@MethodSource("requests")
	void leavesOutIdempotencyKey(Record request) throws Exception {
		RequestBuilder<?, ?> builder = (RequestBuilder<?, ?>) request.getClass().getMethod("toBuilder").invoke(request);
		if (builder instanceof IdempotentRequestBuilder<?, ?> idempotent) {
			Record keyed = (Record) idempotent.idempotencyKey("order-17").build();
			assertThat(keyed.getClass().getMethod("idempotencyKey").invoke(keyed)).isEqualTo("order-17");
			RequestBuilder<?, ?> copy = (RequestBuilder<?, ?>) keyed.getClass().getMethod("toBuilder").invoke(keyed);
			assertThat(copy.build()).isEqualTo(request);
		}
	}

	@ParameterizedTest
	@MethodSource("requests")
	void hasExtraProperties(Record request) throws Exception {
		RequestBuilder<?, ?> builder = (RequestBuilder<?, ?>) request.getClass().getMethod("toBuilder").invoke(request);
		Object changed = builder.extra("e", "f").build();
		assertThat(changed).isNotEqualTo(request);
		assertThat(changed.getClass().getMethod("extra").invoke(changed))
			.isEqualTo(Map.of("a.b", List.of(1, "c"), "d", true, "e", "f"));
	}

	@Test
	void coversEveryRequest() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AssignableTypeFilter(RequestBuilder.class));
		List<String> built = new ArrayList<>();
		for (BeanDefinition definition : scanner.findCandidateComponents("io.github.k2connect")) {
			built.add(String.valueOf(definition.getBeanClassName()).replace("$Builder", ""));
		}
		assertThat(requests().map((request) -> request.getClass().getName()).distinct())
			.containsExactlyInAnyOrderElementsOf(built);
	}

	@Test
	void keepsBlindTransferBlind() {
		SettlementTransferRequest blind = SettlementTransferRequest.blind().extra(EXTRA).build();
		assertThat(blind.toBuilder().build()).isEqualTo(blind);
	}

	@Test
	void changesOneProperty() {
		StkPushRequest request = StkPushRequest.builder().tillNumber("K1").phoneNumber("0712000001").amount(1).build();
		StkPushRequest changed = request.toBuilder().amount(2).build();
		assertThat(changed.amount()).isEqualTo("2");
		assertThat(changed.toBuilder().amount(1).build()).isEqualTo(request);
	}

	@Test
	void namesRecipientAndDestinationOfAnyType() {
		Recipient recipient = Recipient.till().tillNumber("112233").tillName("Duka").build();
		assertThat(recipient.toBuilder().nickname("Mama Baraka").build().nickname()).isEqualTo("Mama Baraka");
		Destination destination = Destination.merchantWallet().reference("mw-1").amount(1).build();
		assertThat(destination.toBuilder().amount(2).build().amount()).isEqualTo("2");
	}

	static Stream<Record> requests() {
		return Stream.concat(Stream.concat(destinations(), recipients()),
				Stream.of(
						StkPushRequest.builder()
							.paymentChannel("Other")
							.tillNumber("K112233")
							.firstName("Asha")
							.middleName("Njeri")
							.lastName("Wairimu")
							.phoneNumber("0712000001")
							.email("asha@example.com")
							.amount(new BigDecimal("2500.10"))
							.callbackUrl(CALLBACK)
							.metadata(METADATA)
							.extra(EXTRA)
							.build(),
						PaymentRequest.builder()
							.destinationType("till")
							.destinationReference("ref-1")
							.amount(5)
							.description("Unga")
							.category("Food")
							.tags(List.of("a", "b"))
							.callbackUrl(CALLBACK)
							.metadata(METADATA)
							.extra(EXTRA)
							.build(),
						MerchantBankAccountRequest.builder()
							.accountName("Duka")
							.bankBranchRef("branch-9")
							.accountNumber("099")
							.settlementMethod("RTS")
							.nickname("Main")
							.extra(EXTRA)
							.build(),
						MerchantWalletRequest.builder()
							.firstName("Asha")
							.lastName("Wairimu")
							.phoneNumber("0712000001")
							.network("Safaricom")
							.nickname("Main")
							.extra(EXTRA)
							.build(),
						SettlementTransferRequest.builder()
							.destinationType("merchant_wallet")
							.destinationReference("mw-1")
							.amount(5)
							.callbackUrl(CALLBACK)
							.extra(EXTRA)
							.build(),
						PollingRequest.builder()
							.fromTime(OffsetDateTime.parse("2026-03-02T00:00:00+03:00"))
							.toTime(OffsetDateTime.parse("2026-03-03T00:00:00+03:00"))
							.scope(Scope.TILL)
							.scopeReference("112233")
							.callbackUrl(CALLBACK)
							.extra(EXTRA)
							.build(),
						TransactionSmsNotificationRequest.builder()
							.webhookEventReference("wh-1")
							.message("Asante")
							.callbackUrl(CALLBACK)
							.extra(EXTRA)
							.build(),
						WebhookSubscriptionRequest.builder()
							.eventType("buygoods_transaction_received")
							.url(CALLBACK)
							.scope(Scope.TILL)
							.scopeReference("112233")
							.enableDarajaPayload(true)
							.extra(EXTRA)
							.build(),
						SendMoneyRequest.builder()
							.destination(Destination.merchantWallet().reference("mw-1").amount(1).build())
							.destination(Destination.merchantBankAccount().reference("ba-1").amount(2).build())
							.sourceIdentifier("112233")
							.callbackUrl(CALLBACK)
							.metadata(METADATA)
							.extra(EXTRA)
							.build(),
						SweepRequest.builder()
							.sourceIdentifier("112233")
							.callbackUrl(CALLBACK)
							.metadata(METADATA)
							.extra(EXTRA)
							.build(),
						ReversalRequest.builder()
							.transactionReference("SK1")
							.reason("Wrong till")
							.callbackUrl(CALLBACK)
							.metadata(METADATA)
							.extra(EXTRA)
							.build(),
						PaymentLinkRequest.builder()
							.tillNumber("112233")
							.amount(5)
							.paymentReference("order-88")
							.note("Asante")
							.callbackUrl(CALLBACK)
							.metadata(METADATA)
							.extra(EXTRA)
							.build()));
	}

	private static Stream<Record> destinations() {
		return Stream
			.<DestinationBuilder<?, ?>>of(Destination.mobileWallet().phoneNumber("0712000001").network("Safaricom"),
					Destination.bankAccount().accountName("Duka").accountNumber("099").bankBranchRef("branch-9"),
					Destination.till().tillNumber("112233"),
					Destination.paybill().paybillNumber("400200").paybillAccountNumber("12"),
					Destination.merchantWallet().reference("mw-1"), Destination.merchantBankAccount().reference("ba-1"))
			.map((builder) -> (Record) builder.amount(5)
				.description("Unga")
				.nickname("Main")
				.favourite(true)
				.extra(EXTRA)
				.build());
	}

	private static Stream<Record> recipients() {
		return Stream
			.<NicknameRequestBuilder<?, ?>>of(
					Recipient.mobileWallet()
						.firstName("Asha")
						.lastName("Wairimu")
						.phoneNumber("0712000001")
						.email("asha@example.com")
						.network("Safaricom"),
					Recipient.bankAccount()
						.accountName("Duka")
						.accountNumber("099")
						.bankBranchRef("branch-9")
						.settlementMethod("EFT"),
					Recipient.till().tillNumber("112233").tillName("Duka"),
					Recipient.paybill().paybillName("Umeme").paybillNumber("400200").paybillAccountNumber("12"))
			.map((builder) -> (Record) builder.nickname("Main").extra(EXTRA).build());
	}

}
