package io.github.k2connect.token;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Attaches the cached token to a request. When Kopo Kopo does not accept it, that token
 * is dropped and the request repeated once with a new one: an answer of 401 says that
 * nothing was done.
 */
public final class BearerTokenInterceptor implements ClientHttpRequestInterceptor {

	private final TokenService tokenService;

	/**
	 * Create an interceptor.
	 * @param tokenService where the tokens come from
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
