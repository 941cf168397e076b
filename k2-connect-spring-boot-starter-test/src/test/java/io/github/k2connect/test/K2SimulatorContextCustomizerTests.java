package io.github.k2connect.test;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.AnnotationConfigContextLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link K2SimulatorContextCustomizer}.
 */
class K2SimulatorContextCustomizerTests {

	@Test
	void theSimulatorClosesWithTheContext() throws Exception {
		URI baseUrl;
		HttpClient client = HttpClient.newHttpClient();
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			new K2SimulatorContextCustomizer().customizeContext(context,
					new MergedContextConfiguration(getClass(), null, null, null, new AnnotationConfigContextLoader()));
			context.refresh();
			baseUrl = context.getBean(K2Simulator.class).baseUrl();
			assertThat(get(client, baseUrl).statusCode()).isEqualTo(404);
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(client, baseUrl));
	}

	private static HttpResponse<String> get(HttpClient client, URI url) throws Exception {
		return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
	}

}
