package io.github.k2connect.webhook;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.github.k2connect.AccountName;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * The webhook endpoint on the reactive stack. Listeners may block: they run on a
 * scheduler of the endpoint's own. Deliveries that wait do not use the application's
 * threads.
 * <p>
 * The endpoint has its own mapping. Path prefixes and API versions of the application's
 * controllers do not apply to it.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public class K2ReactiveWebhookController implements WebHandler, DisposableBean {

	private static final Log logger = LogFactory.getLog(K2ReactiveWebhookController.class);

	private static final String OBSERVATION = "micrometer.observation";

	private final WebhookEndpoint endpoint;

	private final Scheduler threads = Schedulers.newBoundedElastic(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE,
			Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE, "k2-webhook", 60, true);

	/**
	 * Create the controller.
	 * @param endpoint the receiver of messages
	 */
	public K2ReactiveWebhookController(WebhookEndpoint endpoint) {
		this.endpoint = endpoint;
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
		if (!request.getMethod().equals(HttpMethod.POST)) {
			return Mono.error(new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.POST)));
		}
		return status(request, account(exchange)).flatMap((status) -> {
			if (status == HttpStatus.SERVICE_UNAVAILABLE) {
				exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, WebhookEndpoint.RETRY_AFTER);
			}
			exchange.getResponse().setStatusCode(status);
			if (status.equals(HttpStatus.REQUEST_TIMEOUT)) {
				exchange.getResponse().getHeaders().setConnection("close");
			}
			return exchange.getResponse().setComplete();
		});
	}

	/**
	 * Return the name of the account in the path.
	 */
	private static String account(ServerWebExchange exchange) {
		return exchange
			.<Map<String, String>>getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of())
			.getOrDefault(WebhookPaths.ACCOUNT, AccountName.DEFAULT);
	}

	private Mono<HttpStatus> status(ServerHttpRequest request, String account) {
		String signature = request.getHeaders().getFirst(SignatureVerifier.HEADER);
		Rejection rejection = this.endpoint.examine(request.getHeaders().getContentLength(), signature);
		if (rejection != null) {
			return Mono.just(this.endpoint.reject(account, rejection));
		}
		return DataBufferUtils.join(request.getBody(), this.endpoint.maxBodySize())
			.map(K2ReactiveWebhookController::bytes)
			.defaultIfEmpty(new byte[0])
			.timeout(this.endpoint.readTimeout())
			.map((body) -> receive(account, body, signature))
			.onErrorResume((ex) -> Mono.just(Mono.just(unread(account, ex))))
			.flatMap(Function.identity());
	}

	/**
	 * Receive the message. This is not cancelled if the sender closes the connection: a
	 * listener is never interrupted.
	 */
	private Mono<HttpStatus> receive(String account, byte[] body, @Nullable String signature) {
		return Mono.deferContextual((context) -> {
			Observation request = observation(context);
			return Mono.fromFuture(CompletableFuture.supplyAsync(
					() -> request.scoped(() -> this.endpoint.receive(account, body, signature)),
					this.threads::schedule), true);
		});
	}

	@Override
	public void destroy() {
		this.threads.dispose();
	}

	private HttpStatus unread(String account, Throwable failure) {
		if (failure instanceof DataBufferLimitException) {
			return this.endpoint.reject(account, Rejection.TOO_LARGE);
		}
		if (failure instanceof TimeoutException) {
			return this.endpoint.reject(account, Rejection.TIMED_OUT);
		}
		logger.debug("A message was incomplete", failure);
		return this.endpoint.reject(account, Rejection.MALFORMED);
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
