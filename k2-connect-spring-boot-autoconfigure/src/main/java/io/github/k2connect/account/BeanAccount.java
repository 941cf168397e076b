package io.github.k2connect.account;

import java.util.Optional;
import java.util.function.Function;

import io.github.k2connect.AccountName;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.token.TokenStatus;
import io.github.k2connect.webhook.WebhookParser;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/**
 * The default account. Its services are the beans that an application injects by type.
 */
final class BeanAccount extends K2Account {

	private final BeanFactory beans;

	BeanAccount(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public String name() {
		return AccountName.DEFAULT;
	}

	@Override
	public TokenService tokens() {
		return bean(TokenService.class);
	}

	@Override
	public WebhookParser webhookParser() {
		return bean(WebhookParser.class);
	}

	@Override
	Optional<TokenStatus> tokenStatus() {
		return Optional.ofNullable(this.beans.getBeanProvider(TokenService.class).getIfUnique())
			.map(TokenService::status);
	}

	@Override
	K2Client client() {
		return bean(K2Client.class);
	}

	@Override
	<T> T service(Class<T> type, Function<K2Client, T> factory) {
		return bean(type);
	}

	private <T> T bean(Class<T> type) {
		try {
			return this.beans.getBean(type);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException("The default account has no " + type.getSimpleName()
					+ ": its properties are not set, or the application has several such beans", ex);
		}
	}

}
