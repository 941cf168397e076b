package io.github.k2connect.account;

import java.util.stream.Stream;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the beans of the services.
 */
class ServiceBeansTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with())
		.withPropertyValues("k2.client-id=client", "k2.client-secret=secret");

	@ParameterizedTest
	@MethodSource("services")
	void prefixesBeanName(Class<?> type) {
		this.application
			.run((context) -> assertThat(context).getBeanNames(type).containsExactly("k2" + type.getSimpleName()));
	}

	@ParameterizedTest
	@MethodSource("services")
	<T> void backsOffForBeanOfApplication(Class<T> type) {
		T own = Mockito.mock(type);
		this.application.withBean("own", type, () -> own)
			.run((context) -> assertThat(context).getBean(type).isSameAs(own));
	}

	@ParameterizedTest
	@MethodSource("services")
	<T> void staysDefaultBesideServiceOfSecondAccount(Class<T> type) {
		T second = Mockito.mock(type);
		this.application
			.withBean("second", type, () -> second,
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> assertThat(context.getBeanProvider(type).getIfUnique()).isNotNull()
				.isNotSameAs(second)
				.isSameAs(context.getBean("k2" + type.getSimpleName())));
	}

	static Stream<Class<?>> services() {
		return Stream.of(ExternalRecipientService.class, PayService.class, PaymentLinkService.class,
				PollingService.class, ReversalService.class, SendMoneyService.class, SettlementTransferService.class,
				SmsNotificationService.class, StkService.class, TokenService.class, WebhookService.class);
	}

}
