package io.github.k2connect.webhook.listener;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.event.TransactionalEventListenerFactory;

/**
 * Auto-configuration for the listeners of events.
 */
@AutoConfiguration(afterName = { "io.github.k2connect.account.K2AccountAutoConfiguration",
		"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnBean(type = "io.github.k2connect.webhook.WebhookAccounts")
public final class K2ListenerAutoConfiguration {

	/**
	 * A parent's listener factory is not used by its children.
	 */
	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	static K2EventListenerFactory k2EventListenerFactory() {
		return new K2EventListenerFactory(K2EventListenerFactory.TIMEOUT);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionalEventListenerFactory.class)
	@ConditionalOnBean(value = TransactionalEventListenerFactory.class, search = SearchStrategy.CURRENT)
	static class TransactionalListenerConfiguration {

		@Bean
		static K2TransactionalEventListenerFactory k2TransactionalEventListenerFactory() {
			return new K2TransactionalEventListenerFactory();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "k2.webhook.enabled", matchIfMissing = true)
	@ConditionalOnWebApplication
	static class PublisherConfiguration {

		@Bean
		ListenerPublisher k2ListenerPublisher(ApplicationEventPublisher publisher) {
			return new ListenerPublisher(publisher);
		}

		@Bean
		EventMulticasterCheck k2EventMulticasterCheck(ConfigurableListableBeanFactory beanFactory) {
			return new EventMulticasterCheck(beanFactory);
		}

	}

}
