package io.github.k2connect.delivery;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application without a database, which can run on Jetty too.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
class FloodedApplication {

	public static void main(String[] args) {
		SpringApplication.run(FloodedApplication.class, args);
	}

	@Bean
	@ConditionalOnBooleanProperty("jetty")
	JettyServer jetty(@Value("${server.port}") int port) {
		return new JettyServer(port);
	}

}
