package io.github.k2connect.webhook.listener;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Endpoints;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a delivery that lasts longer than the listeners.
 */
class ListenerPublisherTests {

	private static final byte[] BODY = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withUserConfiguration(Shop.class)
		.withPropertyValues("k2.api-key=an-api-key", "spring.datasource.url=" + this.database);

	private static HttpStatus deliver(Endpoints.Receiving endpoint) {
		return HttpStatus.valueOf(endpoint.receive("default", BODY, Signatures.sign("an-api-key", BODY)));
	}

	@Test
	void rejectsEventAfterListenersAreStopped() {
		this.application.run((context) -> {
			Delivery late = context.getBean(Delivery.class);
			late.endpoint = Endpoints.of(context);
			context.getSourceApplicationContext().close();
			assertThat(late.answer).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(JdbcClient.create(new DriverManagerDataSource(this.database, "sa", ""))
				.sql("SELECT event_id FROM k2_event")
				.query(String.class)
				.list()).isEmpty();
		});
	}

	@Test
	void handlesEventsAfterRestart() {
		this.application.run((context) -> {
			Endpoints.Receiving endpoint = Endpoints.of(context);
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.stop();
			assertThat(deliver(endpoint)).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			source.start();
			assertThat(deliver(endpoint)).isEqualTo(HttpStatus.OK);
		});
	}

	/**
	 * A shop whose listener is destroyed before its database.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Shop {

		@Bean
		Delivery delivery(DataSource dataSource) {
			return new Delivery();
		}

		@Bean
		Listener listener(Delivery delivery) {
			return new Listener();
		}

	}

	/**
	 * A delivery that goes on while beans are destroyed.
	 */
	static class Delivery implements DisposableBean {

		private Endpoints.@Nullable Receiving endpoint;

		private @Nullable HttpStatus answer;

		@Override
		public void destroy() {
			if (this.endpoint != null) {
				this.answer = deliver(this.endpoint);
			}
		}

	}

	static class Listener implements ApplicationListener<PayloadApplicationEvent<CustomerCreated>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<CustomerCreated> event) {
			// takes it
		}

	}

}
