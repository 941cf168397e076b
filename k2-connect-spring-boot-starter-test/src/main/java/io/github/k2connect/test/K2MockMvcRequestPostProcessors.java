package io.github.k2connect.test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * MockMvc {@link RequestPostProcessor}s for webhooks and results.
 */
public final class K2MockMvcRequestPostProcessors {

	private K2MockMvcRequestPostProcessors() {
	}

	/**
	 * Sign the body of a request as Kopo Kopo does.
	 * @param apiKey the API key of the application
	 * @return the post-processor, for {@code with(…)}
	 */
	public static RequestPostProcessor signedWith(String apiKey) {
		return (request) -> sign(request, new WebhookSigner(apiKey));
	}

	private static MockHttpServletRequest sign(MockHttpServletRequest request, WebhookSigner signer) {
		byte[] body = request.getContentAsByteArray();
		request.addHeader(WebhookSigner.SIGNATURE_HEADER, signer.sign((body != null) ? body : new byte[0]));
		return request;
	}

}
