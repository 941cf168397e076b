package io.github.k2connect.webhook.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint in applications that configure the web layer for their own
 * controllers.
 */
class WebSettingsTests {

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static int deliver(WebApplicationType type, String... properties) throws Exception {
		Stream<String> fixed = Stream.of("k2.api-key=an-api-key", "k2.store.type=none", "server.port=0",
				"spring.main.web-application-type=" + type);
		try (ConfigurableApplicationContext context = SpringApplication.run(Shop.class,
				Stream.concat(fixed, Stream.of(properties)).map("--"::concat).toArray(String[]::new))) {
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/k2/webhooks"))
				.header(SignatureVerifier.HEADER, Signatures.sign("an-api-key", WEBHOOK))
				.POST(BodyPublishers.ofByteArray(WEBHOOK))
				.build();
			return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void receivesDespitePathPrefixAndCatchAllController(WebApplicationType type) throws Exception {
		assertThat(deliver(type)).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void receivesWithoutApiVersionOfApplication(WebApplicationType type) throws Exception {
		assertThat(deliver(type, "spring.mvc.apiversion.use.header=X-Version",
				"spring.webflux.apiversion.use.header=X-Version"))
			.isEqualTo(200);
	}

	/**
	 * A shop whose controllers have a path prefix, with a controller that matches every
	 * path.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Shop {

		@PostMapping("/**")
		void order() {
			throw new IllegalStateException("Not an order");
		}

		@Bean
		WebMvcConfigurer servletPrefix() {
			return new WebMvcConfigurer() {

				@Override
				public void configurePathMatch(PathMatchConfigurer configurer) {
					configurer.addPathPrefix("/api", (type) -> type.isAnnotationPresent(RestController.class));
				}

			};
		}

		@Bean
		WebFluxConfigurer reactivePrefix() {
			return new WebFluxConfigurer() {

				@Override
				public void configurePathMatching(
						org.springframework.web.reactive.config.PathMatchConfigurer configurer) {
					configurer.addPathPrefix("/api", (type) -> type.isAnnotationPresent(RestController.class));
				}

			};
		}

	}

}
