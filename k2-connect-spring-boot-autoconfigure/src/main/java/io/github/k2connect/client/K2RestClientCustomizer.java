package io.github.k2connect.client;

import org.springframework.web.client.RestClient;

/**
 * Customizer of the {@link RestClient} instances that call Kopo Kopo, for example to use
 * a proxy, more interceptors or another request factory. Beans of this type are applied
 * after the library's own settings, to the client that gets tokens and to the client that
 * uses them.
 * <p>
 * Credentials of the application's own {@code RestClient} instances are not sent. To send
 * an {@code Authorization} or {@code Cookie} header, for example to a gateway, set it in
 * an interceptor. Interceptors that are added here see all requests with the access
 * token, and the request for a token with the client secret.
 * <p>
 * A custom request factory must not follow redirects or repeat requests, otherwise money
 * can be sent twice.
 */
@FunctionalInterface
public interface K2RestClientCustomizer {

	/**
	 * Customize the builder of a client.
	 * @param builder the builder, with the library's settings
	 */
	void customize(RestClient.Builder builder);

}
