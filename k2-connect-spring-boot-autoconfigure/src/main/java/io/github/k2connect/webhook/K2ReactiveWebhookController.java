package io.github.k2connect.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * The webhook endpoint on the reactive stack. Listeners may block: they run on threads of
 * the endpoint's own. Deliveries that wait do not use the application's threads.
 * <p>
 * The endpoint has its own mapping. Path prefixes and API versions of the application's
 * controllers do not apply to it.
 */
class K2ReactiveWebhookController implements WebHandler, DisposableBean {

	private static final Log logger = LogFactory.getLog(K2ReactiveWebhookController.class);

	private static final String OBSERVATION = "micrometer.observation";

	private final WebhookEndpoint endpoint;

	private final WebhookPaths paths;

	private final MessageThreads threads;

	/**
	 * Create the controller.
	 * @param endpoint the receiver of messages
	 * @param paths the paths of the endpoint
	 * @param maxWait how long a message waits for a thread
	 */
	K2ReactiveWebhookController(WebhookEndpoint endpoint, WebhookPaths paths, Duration maxWait) {
		this.endpoint = endpoint;
		this.paths = paths;
		this.threads = new MessageThreads(maxWait);
	}

	/**
	 * Receive a message with any content type, and send an empty response. A message is
	 * not read completely if it is unsigned, too large or too slow.
	 * @param exchange the request and the response
	 * @return completion when the response is complete
	 */
	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		if (!request.getMethod().equals(HttpMethod.POST)) {
			response.getHeaders().setAllow(Set.of(HttpMethod.POST));
			response.setStatusCode(HttpStatus.METHOD_NOT_ALLOWED);
			return response.setComplete();
		}
		String account = this.paths.account(request.getPath().pathWithinApplication());
		return status(request, account).flatMap((status) -> {
			if (status == HttpStatus.SERVICE_UNAVAILABLE) {
				response.getHeaders().set(HttpHeaders.RETRY_AFTER, WebhookEndpoint.RETRY_AFTER);
			}
			response.setStatusCode(status);
			if (status.equals(HttpStatus.REQUEST_TIMEOUT)) {
				response.getHeaders().setConnection("close");
			}
			return response.setComplete().onErrorResume(IllegalStateException.class, (ex) -> {
				logger.debug("The server has already responded to a malformed message", ex);
				return Mono.empty();
			});
		});
	}

	private Mono<HttpStatus> status(ServerHttpRequest request, String account) {
		String signature = request.getHeaders().getFirst(SignatureVerifier.HEADER);
		long contentLength = request.getHeaders().getContentLength();
		Rejection rejection = this.endpoint.examine(contentLength, signature);
		if (rejection != null) {
			return Mono.just(this.endpoint.reject(account, rejection));
		}
		return DataBufferUtils.join(request.getBody(), this.endpoint.maxBodySize())
			.map(K2ReactiveWebhookController::bytes)
			.switchIfEmpty(Mono.defer(() -> empty(contentLength)))
			.timeout(this.endpoint.readTimeout())
			.map((body) -> receive(account, body, signature))
			.onErrorResume((ex) -> Mono.just(Mono.just(unread(account, ex))))
			.flatMap(Function.identity());
	}

	private static Mono<byte[]> empty(long contentLength) {
		return (contentLength > 0) ? Mono.error(new ConsumedBodyException(null)) : Mono.just(new byte[0]);
	}

	/**
	 * Receive the message. This is not cancelled if the sender closes the connection: a
	 * listener is never interrupted.
	 */
	private Mono<HttpStatus> receive(String account, byte[] body, @Nullable String signature) {
		return Mono.deferContextual(
				(context) -> Mono.fromFuture(
						this.threads.receive(
								observation(context).scoped(() -> this.endpoint.arrived(account, body, signature))),
						true))
			.onErrorResume((ex) -> Mono.just(this.endpoint.fail(account, ex)));
	}

	@Override
	public void destroy() {
		this.threads.shutdown();
	}

	private HttpStatus unread(String account, Throwable failure) {
		if (failure instanceof DataBufferLimitException) {
			return this.endpoint.reject(account, Rejection.TOO_LARGE);
		}
		if (failure instanceof TimeoutException) {
			return this.endpoint.reject(account, Rejection.TIMED_OUT);
		}
		if (failure instanceof IOException || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			logger.debug("A message was incomplete", failure);
			return this.endpoint.reject(account, Rejection.MALFORMED);
		}
		return this.endpoint.fail(account,
				(failure instanceof IllegalStateException) ? new ConsumedBodyException(failure) : failure);
	}

	private static Observation observation(ContextView context) {
		return context.<Observation>getOrEmpty(OBSERVATION).orElse(Observation.NOOP);
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
