package io.github.k2connect;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.pay.PaymentRequest;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.request.CallbackRequestBuilder;
import io.github.k2connect.request.MoneyRequestBuilder;
import io.github.k2connect.request.RequestBuilder;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.sendmoney.Destination;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Violation}, with the builders of all requests.
 */
class ViolationTests {

	@ParameterizedTest
	@MethodSource("buildersWithRequiredProperties")
	void namesEachRequiredProperty(RequestBuilder<?, ?> builder) {
		assertThat(violations(builder)).allSatisfy((violation) -> {
			assertThat(components(builder)).contains(violation.property());
			assertThat(violation.message()).startsWith(violation.property() + " is required");
		});
	}

	@ParameterizedTest
	@MethodSource("buildersWithCallback")
	void namesCallbackUrl(CallbackRequestBuilder<?, ?> builder) {
		builder.callbackUrl("/no-host");
		assertThat(violations(builder))
			.contains(new Violation("callbackUrl", "callbackUrl must be an absolute http or https URL"));
	}

	@ParameterizedTest
	@MethodSource("buildersWithMoney")
	void namesAmountCurrencyAndMetadata(MoneyRequestBuilder<?, ?> builder) {
		builder.amount(new BigDecimal("0.001")).currency("USD").metadata(Collections.singletonMap("key", null));
		assertThat(violations(builder)).contains(new Violation("amount", "amount must have at most 2 decimals"),
				new Violation("currency", "currency must be KES"),
				new Violation("metadata", "metadata must have a key and a value in each entry"));
	}

	@Test
	void namesDestinationsOfMoney() {
		assertThat(violations(SendMoneyRequest.builder()))
			.containsExactly(new Violation("destinations", "destinations must have at least one entry"));
	}

	@Test
	void namesLocation() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> K2Location.of("/"))
			.satisfies((ex) -> assertThat(ex.violations())
				.containsExactly(new Violation("location", "location must be the absolute URL of a resource")));
	}

	private static List<Violation> violations(RequestBuilder<?, ?> builder) {
		try {
			builder.build();
		}
		catch (InvalidK2RequestException ex) {
			return ex.violations();
		}
		throw new AssertionError("valid: " + builder.getClass().getName());
	}

	private static List<String> components(RequestBuilder<?, ?> builder) {
		Type base = builder.getClass().getGenericSuperclass();
		Class<?> request = (Class<?>) ((ParameterizedType) base).getActualTypeArguments()[0];
		return Arrays.stream(request.getRecordComponents()).map(RecordComponent::getName).toList();
	}

	private static Stream<RequestBuilder<?, ?>> buildersWithRequiredProperties() {
		return Stream.of(StkPushRequest.builder(), PaymentRequest.builder(), SettlementTransferRequest.builder(),
				MerchantBankAccountRequest.builder(), MerchantWalletRequest.builder(), PollingRequest.builder(),
				TransactionSmsNotificationRequest.builder(), WebhookSubscriptionRequest.builder(),
				ReversalRequest.builder(), PaymentLinkRequest.builder(), Recipient.mobileWallet(),
				Recipient.bankAccount(), Recipient.till(), Recipient.paybill(), Destination.mobileWallet(),
				Destination.bankAccount(), Destination.till(), Destination.paybill(), Destination.merchantWallet(),
				Destination.merchantBankAccount());
	}

	private static Stream<CallbackRequestBuilder<?, ?>> buildersWithCallback() {
		return Stream.of(StkPushRequest.builder(), PaymentRequest.builder(), SettlementTransferRequest.builder(),
				PollingRequest.builder(), TransactionSmsNotificationRequest.builder(), ReversalRequest.builder(),
				PaymentLinkRequest.builder(), SendMoneyRequest.builder(), SweepRequest.builder());
	}

	private static Stream<MoneyRequestBuilder<?, ?>> buildersWithMoney() {
		return Stream.of(StkPushRequest.builder(), PaymentRequest.builder(), PaymentLinkRequest.builder());
	}

}
