package io.github.k2connect.webhook.endpoint;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.filter.CorsFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the ports and the origins from which the endpoint is reached.
 */
class EndpointPortTests {

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static ConfigurableApplicationContext start(WebApplicationType type, String property) {
		return new SpringApplicationBuilder(Shop.class).web(type)
			.run("--server.port=0", "--k2.api-key=an-api-key", "--k2.store.type=none", "--" + property);
	}

	private static int port(ConfigurableApplicationContext shop, String name) {
		return shop.getEnvironment().getRequiredProperty("local." + name + ".port", Integer.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void receivesOnPortOfApplicationOnly(WebApplicationType type) {
		try (ConfigurableApplicationContext shop = start(type, "management.server.port=0");
				Connection management = new Connection(port(shop, "management"));
				Connection application = new Connection(port(shop, "server"))) {
			assertThat(management.sendSigned(WEBHOOK).status()).isEqualTo(404);
			assertThat(application.sendSigned(WEBHOOK).status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVLET, false, 403", "REACTIVE, false, 403", "SERVLET, true, 200", "REACTIVE, true, 200" })
	void rejectsPreFlightRequestUnlessApplicationAllowsOrigin(WebApplicationType type, boolean allowed, int status) {
		try (ConfigurableApplicationContext shop = start(type, "cors=" + allowed);
				Connection browser = new Connection(port(shop, "server"))) {
			browser.send(String.join("\r\n", "OPTIONS /k2/webhooks HTTP/1.1", "Host: localhost",
					"Origin: https://shop.example", "Access-Control-Request-Method: POST", "", ""));
			assertThat(browser.status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void receivesMessageWithOrigin(WebApplicationType type) {
		try (ConfigurableApplicationContext shop = start(type, "cors=false");
				Connection sender = new Connection(port(shop, "server"))) {
			sender.sendHead(Connection.signature(WEBHOOK), "Content-Length: " + WEBHOOK.length,
					"Origin: https://kopokopo.example");
			assertThat(sender.send(WEBHOOK).status()).isEqualTo(200);
		}
	}

	/**
	 * A shop, which may allow requests of an origin.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		private static CorsConfiguration allowed() {
			CorsConfiguration allowed = new CorsConfiguration();
			allowed.addAllowedOrigin("https://shop.example");
			allowed.addAllowedMethod("POST");
			return allowed;
		}

		@Bean
		@ConditionalOnBooleanProperty("cors")
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		FilterRegistrationBean<CorsFilter> corsFilter() {
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", allowed());
			FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
			filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return filter;
		}

		@Bean
		@ConditionalOnBooleanProperty("cors")
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		CorsWebFilter corsWebFilter() {
			return new CorsWebFilter((exchange) -> allowed());
		}

	}

}
