package io.github.k2connect.autoconfigure;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configuration of the look-up of db-scheduler's beans.
 */
@Configuration(proxyBeanMethods = false)
class DbSchedulerBeansConfiguration {

	@Bean
	DbSchedulerBeans k2DbSchedulerBeans(ConfigurableListableBeanFactory beans, ObjectProvider<DataSource> dataSource,
			Environment environment) {
		return new DbSchedulerBeans(beans, dataSource, environment);
	}

}
