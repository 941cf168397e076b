package io.github.k2connect.client;

import org.springframework.web.client.RestClient;

/**
 * Changes how Kopo Kopo is called: for a proxy, further interceptors, or another request
 * factory. A bean of this type is applied after the library's own settings, both to the
 * client that gets tokens and to the one that uses them.
 * <p>
 * Another request factory must neither follow redirects nor repeat a request by itself,
 * or money can be sent twice.
 */
@FunctionalInterface
public interface K2RestClientCustomizer {

	/**
	 * Customize the builder of a client.
	 * @param builder the builder, with the library's settings
	 */
	void customize(RestClient.Builder builder);

}
