package io.github.k2connect.token;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Interceptor that adds the cached access token to a request. If Kopo Kopo responds with
 * status 401, the request had no effect: the token is dropped, and the request is
 * repeated once with a new token.
 */
public final class BearerTokenInterceptor implements ClientHttpRequestInterceptor {

	private final TokenService tokenService;

	/**
	 * Create an interceptor.
	 * @param tokenService the service for access tokens
	 */
	public BearerTokenInterceptor(TokenService tokenService) {
		this.tokenService = tokenService;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		AccessToken token = this.tokenService.getToken();
		ClientHttpResponse response = execute(token, request, body, execution);
		if (!response.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
			return response;
		}
		response.close();
		this.tokenService.forget(token);
		return execute(this.tokenService.getToken(), request, body, execution);
	}

	private static ClientHttpResponse execute(AccessToken token, HttpRequest request, byte[] body,
			ClientHttpRequestExecution execution) throws IOException {
		request.getHeaders().setBearerAuth(token.accessToken());
		return execution.execute(request, body);
	}

}
