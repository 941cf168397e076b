package io.github.k2connect.autoconfigure;

import java.time.Clock;

import io.github.k2connect.account.AccountCacheSettings;
import io.github.k2connect.account.AccountConnections;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.client.K2ClientFactory;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the Kopo Kopo accounts.
 */
@AutoConfiguration(after = { K2AutoConfiguration.class, K2ClientAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
public final class K2AccountAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	K2Accounts k2Accounts(ValidatedK2Properties configuration, K2Properties properties, BeanFactory beans,
			ObjectProvider<K2ClientFactory> clients, ObjectProvider<K2AccountSource> source,
			ObjectProvider<ObservationRegistry> observations) {
		AccountConnections connections = new AccountConnections(clients::getObject,
				properties.token().refreshBeforeExpiry(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
		K2Properties.AccountSource cache = properties.accountSource();
		return new K2Accounts(beans, connections, configuration.accounts(), source.getIfAvailable(),
				new AccountCacheSettings(cache.cacheSize(), cache.cacheTtl(), Clock.systemUTC()));
	}

}
