package io.github.k2connect.test;

import org.junit.jupiter.api.Test;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

/**
 * Tests for the signatures of {@link K2MockMvcRequestPostProcessors} and
 * {@link K2MockServerConfigurers}.
 */
class SignedRequestTests {

	private static final String API_KEY = "key";

	private static final SimulatedWebhook WEBHOOK = SimulatedWebhook.buygoodsTransactionReceived();

	@Test
	void signsRequestOfMockMvc() {
		MockHttpServletRequest request = request(post("/k2/webhooks").content(WEBHOOK.body()));
		assertThat(request.getHeader("X-KopoKopo-Signature")).isEqualTo(signature(WEBHOOK.body()));
	}

	@Test
	void signsRequestOfMockMvcWithoutBody() {
		MockHttpServletRequest request = request(post("/k2/webhooks"));
		assertThat(request.getHeader("X-KopoKopo-Signature")).isEqualTo(signature(new byte[0]));
	}

	@Test
	void signsRequestOfWebTestClient() throws Exception {
		try (RecordingApplication application = new RecordingApplication()) {
			WebTestClient.bindToServer(new JdkClientHttpConnector())
				.baseUrl(application.origin().toString())
				.build()
				.mutateWith(K2MockServerConfigurers.signedWith(API_KEY))
				.post()
				.uri("/k2/webhooks")
				.bodyValue(WEBHOOK.json())
				.exchange()
				.expectStatus()
				.isOk();
			RecordingApplication.Delivery delivery = application.next();
			assertThat(delivery.body()).isEqualTo(WEBHOOK.json());
			assertThat(delivery.signature()).isEqualTo(signature(WEBHOOK.body()));
		}
	}

	private static MockHttpServletRequest request(MockHttpServletRequestBuilder builder) {
		MockHttpServletRequestBuilder signed = builder.with(K2MockMvcRequestPostProcessors.signedWith(API_KEY));
		return signed.postProcessRequest(signed.buildRequest(new MockServletContext()));
	}

	private static String signature(byte[] body) {
		return new WebhookSigner(API_KEY).sign(body);
	}

}
