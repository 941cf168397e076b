package io.github.k2connect.simulation;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;

import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.web.client.RestClient;

/**
 * Connections to a Kopo Kopo in memory. They come after everything that the library does
 * before it sends a request.
 */
public final class SimulatedHttp {

	private static final String TARGET = SimulatedHttp.class.getName();

	private SimulatedHttp() {
	}

	/**
	 * Create the factory of the clients of all instances.
	 */
	public static K2ClientFactory clients(K2ClientSettings settings) {
		return new K2ClientFactory(settings, RestClient.builder(), ClientHttpRequestFactoryBuilder.jdk(),
				HttpClientSettings.defaults(), List.of((builder) -> builder.requestFactory(Request::new)));
	}

	/**
	 * Return an interceptor that says who receives the requests of a client.
	 */
	public static ClientHttpRequestInterceptor to(Target target) {
		return to(() -> {
		}, target);
	}

	/**
	 * Return an interceptor that says who receives the requests of a client.
	 * @param before called before a request is sent
	 * @param target receives the request
	 */
	static ClientHttpRequestInterceptor to(Runnable before, Target target) {
		return (HttpRequest request, byte[] body, ClientHttpRequestExecution execution) -> {
			request.getAttributes().put(TARGET, target);
			before.run();
			return execution.execute(request, body);
		};
	}

	/**
	 * Receives requests.
	 */
	@FunctionalInterface
	public interface Target {

		ClientHttpResponse receive(HttpRequest request, byte[] body) throws IOException;

	}

	private static final class Request extends MockClientHttpRequest {

		Request(URI uri, HttpMethod method) {
			super(method, uri);
		}

		@Override
		protected ClientHttpResponse executeInternal() throws IOException {
			return ((Target) Objects.requireNonNull(getAttributes().get(TARGET))).receive(this, getBodyAsBytes());
		}

	}

}
