package io.github.k2connect.account;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.web.client.RestClient;

/**
 * The application's beans for HTTP clients. Logs which of them are not used for calls to
 * Kopo Kopo.
 */
final class HttpClientBeans {

	private static final Log logger = LogFactory.getLog(HttpClientBeans.class);

	private HttpClientBeans() {
	}

	static RestClient.Builder restClientBuilder(ObjectProvider<RestClient.Builder> provider) {
		RestClient.Builder builder = provider.getIfUnique();
		if (builder != null) {
			return builder;
		}
		if (provider.stream().findAny().isPresent()) {
			logger.info("There are several beans of type RestClient.Builder, and none is primary: "
					+ "none of them is used for calls to Kopo Kopo");
		}
		return RestClient.builder();
	}

	static JdkClientHttpRequestFactoryBuilder requestFactoryBuilder(
			ObjectProvider<ClientHttpRequestFactoryBuilder<?>> provider) {
		ClientHttpRequestFactoryBuilder<?> builder = provider.getIfUnique();
		if (builder instanceof JdkClientHttpRequestFactoryBuilder jdk) {
			return jdk;
		}
		if (builder != null) {
			logger.info("The application's " + builder.getClass().getSimpleName()
					+ " is not used for calls to Kopo Kopo, because it may repeat a POST: the JDK's HTTP client is used. "
					+ "Set a proxy and the like in a K2RestClientCustomizer");
		}
		return ClientHttpRequestFactoryBuilder.jdk();
	}

}
