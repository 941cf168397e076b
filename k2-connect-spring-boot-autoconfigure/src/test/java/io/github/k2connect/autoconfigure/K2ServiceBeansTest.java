package io.github.k2connect.autoconfigure;

import java.util.stream.Stream;

import io.github.k2connect.pay.PayService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.WebhookService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * The beans of the services.
 */
class K2ServiceBeansTest {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(K2AutoConfiguration.class, K2ClientAutoConfiguration.class,
				K2WebhookAutoConfiguration.class));

	static Stream<Class<?>> services() {
		return Stream.of(ExternalRecipientService.class, PayService.class, SettlementTransferService.class,
				StkService.class, TokenService.class, WebhookService.class);
	}

	@ParameterizedTest
	@MethodSource("services")
	void aServiceIsABeanWhoseNameIsOurs(Class<?> type) {
		this.contexts.withPropertyValues("k2.client-id=client", "k2.client-secret=secret")
			.run((context) -> assertThat(context.getBeanNamesForType(type))
				.containsExactly("k2" + type.getSimpleName()));
	}

	@ParameterizedTest
	@MethodSource("services")
	void aServiceBacksOffForTheApplicationsOwn(Class<?> type) {
		withOwn(this.contexts, type).withPropertyValues("k2.client-id=client", "k2.client-secret=secret")
			.run((context) -> assertThat(context.getBeanNamesForType(type)).containsExactly("own"));
	}

	@ParameterizedTest
	@MethodSource("services")
	void withoutCredentialsThereIsNoService(Class<?> type) {
		this.contexts.withPropertyValues("k2.api-key=key")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(type));
	}

	private static <T> ApplicationContextRunner withOwn(ApplicationContextRunner contexts, Class<T> type) {
		return contexts.withBean("own", type, () -> mock(type));
	}

}
