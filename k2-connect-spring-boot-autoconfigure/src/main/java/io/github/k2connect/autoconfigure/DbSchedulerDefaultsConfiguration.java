package io.github.k2connect.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration of db-scheduler's defaults, where k2-connect needs db-scheduler.
 */
@Configuration(proxyBeanMethods = false)
class DbSchedulerDefaultsConfiguration {

	@Bean
	static DbSchedulerDefaults k2DbSchedulerDefaults(ConfigurableListableBeanFactory beans, Environment environment) {
		return new DbSchedulerDefaults(beans, environment);
	}

}
