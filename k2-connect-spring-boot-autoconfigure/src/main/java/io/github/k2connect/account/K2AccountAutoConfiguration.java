package io.github.k2connect.account;

import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.Ticker;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
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
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookService;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.client.RestClient;

/**
 * Auto-configuration for the accounts at Kopo Kopo and their services.
 */
@AutoConfiguration(after = RestClientAutoConfiguration.class,
		beforeName = { "io.github.k2connect.webhook.reception.K2ReceptionAutoConfiguration",
				"io.github.k2connect.webhook.store.K2StoreAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@EnableConfigurationProperties(K2Properties.class)
public final class K2AccountAutoConfiguration {

	@Bean
	@Lazy(false)
	ConfiguredAccounts k2ConfiguredAccounts(K2Properties properties, ListableBeanFactory beans,
			ConfigurableEnvironment environment) {
		new AccountVariables(properties).verify(environment);
		boolean accountSource = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, K2AccountSource.class, true,
				false).length > 0;
		return new ConfiguredAccounts(properties, accountSource,
				environment.getProperty("k2.webhook.enabled", Boolean.class, true));
	}

	@Bean
	K2ClientSettings k2ClientSettings(ConfiguredAccounts configuration) {
		return configuration.clientSettings();
	}

	@Bean
	@ConditionalOnMissingBean
	K2Accounts k2Accounts(ConfiguredAccounts configuration, K2Properties properties, BeanFactory beans,
			ObjectProvider<K2ClientFactory> clients, ObjectProvider<K2AccountSource> source,
			ObjectProvider<ObservationRegistry> observations) {
		AccountConnections connections = new AccountConnections(clients::getObject,
				properties.token().refreshBeforeExpiry(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
		return new K2Accounts(beans, connections, configuration.accounts(), source.getIfAvailable(),
				properties.accountSource(), Ticker.SYSTEM);
	}

	/**
	 * Created when an account first calls Kopo Kopo.
	 */
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	K2ClientFactory k2ClientFactory(K2ClientSettings settings, ObjectProvider<RestClient.Builder> builder,
			ObjectProvider<ClientHttpRequestFactoryBuilder<?>> requestFactoryBuilder,
			ObjectProvider<HttpClientSettings> httpSettings, ObjectProvider<K2RestClientCustomizer> customizers) {
		return new K2ClientFactory(settings, () -> HttpClientBeans.restClientBuilder(builder),
				HttpClientBeans.requestFactoryBuilder(requestFactoryBuilder),
				httpSettings.getIfUnique(HttpClientSettings::defaults), customizers.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnPropertyWithText("k2.api-key")
	static class ParserConfiguration {

		@Bean
		@ConditionalOnMissingBean
		SignatureVerifier k2SignatureVerifier(ConfiguredAccounts configuration) {
			return configuration.signatureVerifier();
		}

		@Bean
		@ConditionalOnMissingBean
		WebhookParser k2WebhookParser(SignatureVerifier verifier) {
			return new WebhookParser(verifier);
		}

	}

	@Bean
	@Conditional(OnApiKeyCondition.class)
	@ConditionalOnMissingBean
	WebhookAccounts k2WebhookAccounts(K2Accounts accounts, ObjectProvider<WebhookParser> defaultParser) {
		return new K2WebhookAccounts(accounts, defaultParser.getIfUnique());
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
		TokenService k2TokenService(K2ClientFactory clients, ConfiguredAccounts configuration, K2Properties properties,
				ObjectProvider<ObservationRegistry> observations) {
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

	/**
	 * Return the properties that the bean of a service or the parser needs.
	 * @param type the type of the bean
	 * @return the names of the properties, none if there is no such bean
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static List<String> requiredProperties(Class<?> type) {
		return Stream.of(ServicesConfiguration.class, ParserConfiguration.class)
			.filter((configuration) -> Arrays.stream(configuration.getDeclaredMethods())
				.filter((method) -> method.isAnnotationPresent(Bean.class))
				.map(Method::getReturnType)
				.anyMatch(type::equals))
			.flatMap((configuration) -> Arrays
				.stream(configuration.getAnnotation(ConditionalOnPropertyWithText.class).value()))
			.toList();
	}

}
