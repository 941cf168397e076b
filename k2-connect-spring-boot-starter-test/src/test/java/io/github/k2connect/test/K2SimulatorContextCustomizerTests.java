package io.github.k2connect.test;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.AnnotationConfigContextLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link K2SimulatorContextCustomizer}.
 */
class K2SimulatorContextCustomizerTests {

	@Test
	void closesSimulatorWithContext() throws Exception {
		URI baseUrl;
		HttpClient client = HttpClient.newHttpClient();
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			customize(context);
			baseUrl = context.getBean(K2Simulator.class).baseUrl();
			assertThat(get(client, baseUrl).statusCode()).isEqualTo(200);
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(client, baseUrl));
	}

	@ParameterizedTest
	@CsvSource({ "server.servlet.context-path, /shop", "spring.mvc.servlet.path, /shop",
			"spring.mvc.servlet.path, /shop/", "spring.webflux.base-path, /shop" })
	void addsContextPathToCallbackUrl(String property, String path) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of(property, path)));
			customize(context);
			assertThat(context.getEnvironment().getProperty("k2.callback-url"))
				.isEqualTo("http://localhost/shop/k2/webhooks");
		}
	}

	private void customize(GenericApplicationContext context) {
		new K2SimulatorContextCustomizer(new ApplicationSimulator(Set.of(), true, false, false, null, 0))
			.customizeContext(context,
					new MergedContextConfiguration(getClass(), null, null, null, new AnnotationConfigContextLoader()));
		context.refresh();
	}

	private static HttpResponse<String> get(HttpClient client, URI url) throws Exception {
		return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
	}

}
