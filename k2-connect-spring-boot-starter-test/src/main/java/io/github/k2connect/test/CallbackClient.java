package io.github.k2connect.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.tomakehurst.wiremock.common.NetworkAddressRules;
import com.github.tomakehurst.wiremock.common.ProxySettings;
import com.github.tomakehurst.wiremock.common.ssl.KeyStoreSettings;
import com.github.tomakehurst.wiremock.http.HttpClientFactory;
import com.github.tomakehurst.wiremock.http.ImmutableRequest;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.http.client.ApacheBackedHttpClient;
import com.github.tomakehurst.wiremock.http.client.HttpClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import wiremock.org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/**
 * Client that posts signed messages to the application, each once and over a connection
 * of its own.
 */
final class CallbackClient implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(K2Simulator.class);

	private static final int READ_TIMEOUT_MILLIS = 10_000;

	private static final int MAX_CONNECTIONS = 64;

	private final CloseableHttpClient connections = HttpClientFactory.createClient(MAX_CONNECTIONS, READ_TIMEOUT_MILLIS,
			ProxySettings.NO_PROXY, KeyStoreSettings.NO_STORE, false, NetworkAddressRules.ALLOW_ALL, true);

	private final HttpClient client = new ApacheBackedHttpClient(this.connections, false);

	private final Journal journal;

	private final AtomicBoolean warned = new AtomicBoolean();

	private volatile @Nullable URI origin;

	private volatile boolean originRequired;

	/**
	 * Create a client.
	 * @param origin the origin of the application, {@code null} if it is not known
	 * @param originRequired whether nothing is sent until {@link #origin(URI)} is called,
	 * instead of to the URLs that the application gives
	 * @param journal the journal of all attempts
	 */
	CallbackClient(@Nullable URI origin, boolean originRequired, Journal journal) {
		this.origin = origin;
		this.originRequired = originRequired;
		this.journal = journal;
	}

	@Nullable URI origin() {
		return this.origin;
	}

	void origin(@Nullable URI newOrigin) {
		this.origin = CallbackUrls.requireOrigin(newOrigin);
		this.originRequired = false;
	}

	/**
	 * Post a message.
	 * @param message the message
	 * @return the status of the response
	 * @throws IOException when there was no response
	 */
	int post(Message message) throws IOException {
		URI url = target(message);
		Map<String, String> headers = Map.of("Host", url.getRawAuthority(), "Content-Type", "application/json",
				WebhookSigner.SIGNATURE_HEADER, message.signer().sign(message.body()));
		Instant at = Instant.now();
		Journal.Answer answer = Journal.Answer.NONE;
		try {
			answer = send(message, url, headers);
			return answer.status();
		}
		finally {
			this.journal.delivered(message, url, headers, at, answer);
		}
	}

	private URI target(Message message) throws IOException {
		if (this.originRequired) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("The application has no web server yet, so no message is delivered to it. "
						+ "In a test without a web server, sign the body of a MockMvc request, "
						+ "or set the callback origin: K2Simulator.callbackOrigin(null) uses the URLs of the requests");
			}
			throw new IOException("The application has no web server");
		}
		URI currentOrigin = this.origin;
		return (currentOrigin != null) ? CallbackUrls.atOrigin(message.url(), currentOrigin) : message.url();
	}

	private Journal.Answer send(Message message, URI url, Map<String, String> headers) throws IOException {
		if (message.lost()) {
			throw new IOException("The message was lost");
		}
		ImmutableRequest.Builder request = ImmutableRequest.create()
			.withMethod(RequestMethod.POST)
			.withAbsoluteUrl(url.toString())
			.withBody(message.body());
		headers.forEach(request::withHeader);
		Response response = this.client.execute(request.build());
		return new Journal.Answer(response.getStatus(), response.getBodyAsString());
	}

	@Override
	public void close() {
		try {
			this.connections.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
