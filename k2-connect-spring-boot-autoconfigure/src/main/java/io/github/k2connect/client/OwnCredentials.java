package io.github.k2connect.client;

import java.io.IOException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/**
 * Interceptor that removes credentials, which customizers of the application's own
 * {@code RestClient} instances add for other servers. It adds the access token of the
 * request, if it has one.
 */
final class OwnCredentials {

	private static final String ACCESS_TOKEN = OwnCredentials.class.getName();

	private OwnCredentials() {
	}

	static RequestHeadersSpec<?> add(RequestHeadersSpec<?> request, String accessToken) {
		return request.attribute(ACCESS_TOKEN, accessToken);
	}

	static ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		HttpHeaders headers = request.getHeaders();
		headers.remove(HttpHeaders.AUTHORIZATION);
		headers.remove(HttpHeaders.COOKIE);
		if (request.getAttributes().get(ACCESS_TOKEN) instanceof String accessToken) {
			headers.setBearerAuth(accessToken);
		}
		return execution.execute(request, body);
	}

}
