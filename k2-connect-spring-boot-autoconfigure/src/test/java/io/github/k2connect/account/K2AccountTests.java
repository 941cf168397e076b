package io.github.k2connect.account;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.k2connect.Ticker;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.WebhookService;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the services of a {@link K2Account}.
 */
class K2AccountTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX));

	private final K2Accounts accounts = new K2Accounts(this.beans,
			new AccountConnections(() -> this.clients, Duration.ofSeconds(60), ObservationRegistry.NOOP),
			Map.of("kiosk", K2AccountSettings.builder().clientId("client").clientSecret("secret").build()), null,
			new K2Properties.AccountSource(1000, Duration.ofMinutes(10)), Ticker.SYSTEM);

	@ParameterizedTest
	@MethodSource("services")
	<T> void returnsServiceOfNamedAccount(Class<T> type, Function<K2Account, T> service) {
		this.beans.addBean("default", Mockito.mock(type));
		assertThat(service.apply(this.accounts.get("kiosk"))).isExactlyInstanceOf(type);
	}

	@ParameterizedTest
	@MethodSource("services")
	<T> void returnsBeanOfDefaultAccount(Class<T> type, Function<K2Account, T> service) {
		T bean = Mockito.mock(type);
		this.beans.addBean("default", bean);
		assertThat(service.apply(this.accounts.get("default"))).isSameAs(bean);
	}

	static Stream<Arguments> services() {
		return Stream.of(service(ExternalRecipientService.class, K2Account::externalRecipients),
				service(PayService.class, K2Account::pay), service(PaymentLinkService.class, K2Account::paymentLinks),
				service(PollingService.class, K2Account::polling), service(ReversalService.class, K2Account::reversals),
				service(SendMoneyService.class, K2Account::sendMoney),
				service(SettlementTransferService.class, K2Account::settlement),
				service(SmsNotificationService.class, K2Account::sms), service(StkService.class, K2Account::stk),
				service(TokenService.class, K2Account::tokens), service(WebhookService.class, K2Account::webhooks));
	}

	private static <T> Arguments service(Class<T> type, Function<K2Account, T> service) {
		return Arguments.argumentSet(type.getSimpleName(), type, service);
	}

}
