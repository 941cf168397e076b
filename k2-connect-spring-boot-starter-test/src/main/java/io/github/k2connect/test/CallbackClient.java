package io.github.k2connect.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.tomakehurst.wiremock.common.NetworkAddressRules;
import com.github.tomakehurst.wiremock.common.ProxySettings;
import com.github.tomakehurst.wiremock.common.ssl.KeyStoreSettings;
import com.github.tomakehurst.wiremock.http.HttpClientFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import wiremock.org.apache.hc.client5.http.classic.methods.HttpPost;
import wiremock.org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import wiremock.org.apache.hc.core5.http.ClassicHttpResponse;
import wiremock.org.apache.hc.core5.http.HttpEntity;
import wiremock.org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Client that posts signed messages to the application, each once and over a connection
 * of its own. The whole response has to come in ten seconds.
 */
final class CallbackClient implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(K2Simulator.class);

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final int MAX_CONNECTIONS = 64;

	private static final int MAX_ANSWER = 100_000;

	private final CloseableHttpClient connections;

	private final Duration deadline;

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
		this(origin, originRequired, journal, DEADLINE);
	}

	CallbackClient(@Nullable URI origin, boolean originRequired, Journal journal, Duration deadline) {
		this.connections = HttpClientFactory.createClient(MAX_CONNECTIONS, Math.toIntExact(deadline.toMillis()),
				ProxySettings.NO_PROXY, KeyStoreSettings.NO_STORE, false, NetworkAddressRules.ALLOW_ALL, true);
		this.deadline = deadline;
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
		HttpPost request = new HttpPost(url);
		headers.forEach(request::setHeader);
		request.setEntity(new ByteArrayEntity(message.body(), null));
		CompletableFuture<Void> deadlineOver = CompletableFuture.runAsync(request::cancel,
				CompletableFuture.delayedExecutor(this.deadline.toMillis(), TimeUnit.MILLISECONDS, Runnable::run));
		try {
			return this.connections.execute(request, CallbackClient::answer);
		}
		finally {
			deadlineOver.cancel(false);
		}
	}

	private static Journal.Answer answer(ClassicHttpResponse response) throws IOException {
		HttpEntity entity = response.getEntity();
		byte[] body = (entity != null) ? entity.getContent().readNBytes(MAX_ANSWER) : new byte[0];
		return new Journal.Answer(response.getCode(), new String(body, StandardCharsets.UTF_8));
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
