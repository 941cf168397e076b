package io.github.k2connect.autoconfigure;

import java.time.Clock;

import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2RestClientCustomizer;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.WebhookService;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.client.RestClient;

/**
 * Auto-configuration for the services that call Kopo Kopo.
 */
@AutoConfiguration(after = { K2AutoConfiguration.class, RestClientAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
public final class K2ClientAutoConfiguration {

	/**
	 * Created when an account first calls Kopo Kopo.
	 */
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	K2ClientFactory k2ClientFactory(ValidatedK2Properties configuration, ObjectProvider<RestClient.Builder> builder,
			ObjectProvider<ClientHttpRequestFactoryBuilder<?>> requestFactoryBuilder,
			ObjectProvider<HttpClientSettings> httpSettings, ObjectProvider<K2RestClientCustomizer> customizers) {
		return new K2ClientFactory(configuration.clientSettings(), () -> HttpClientBeans.restClientBuilder(builder),
				HttpClientBeans.requestFactoryBuilder(requestFactoryBuilder),
				httpSettings.getIfUnique(HttpClientSettings::defaults), customizers.orderedStream().toList());
	}

	/**
	 * Each service is created when the application first asks for it. The client is
	 * created at startup, so that an application with a wrong customizer does not start.
	 */
	@Lazy
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnPropertyWithText({ "k2.client-id", "k2.client-secret" })
	static class ServicesConfiguration {

		@Bean
		@Lazy(false)
		@ConditionalOnMissingBean
		TokenService k2TokenService(K2ClientFactory clients, ValidatedK2Properties configuration,
				K2Properties properties, ObjectProvider<ObservationRegistry> observations) {
			return new TokenService(clients.create(), configuration.credentials(),
					properties.token().refreshBeforeExpiry(), Clock.systemUTC(),
					observations.getIfUnique(() -> ObservationRegistry.NOOP));
		}

		@Bean
		@Lazy(false)
		@ConditionalOnMissingBean
		K2Client k2Client(K2ClientFactory clients, TokenService tokenService) {
			return clients.create(new BearerTokenInterceptor(tokenService));
		}

		@Bean
		@ConditionalOnMissingBean
		StkService k2StkService(K2Client client) {
			return new StkService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		ExternalRecipientService k2ExternalRecipientService(K2Client client) {
			return new ExternalRecipientService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		PayService k2PayService(K2Client client) {
			return new PayService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		PaymentLinkService k2PaymentLinkService(K2Client client) {
			return new PaymentLinkService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		PollingService k2PollingService(K2Client client) {
			return new PollingService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		ReversalService k2ReversalService(K2Client client) {
			return new ReversalService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		SendMoneyService k2SendMoneyService(K2Client client) {
			return new SendMoneyService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		SettlementTransferService k2SettlementTransferService(K2Client client) {
			return new SettlementTransferService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		SmsNotificationService k2SmsNotificationService(K2Client client) {
			return new SmsNotificationService(client);
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookService k2WebhookService(K2Client client) {
			return new WebhookService(client);
		}

	}

}
