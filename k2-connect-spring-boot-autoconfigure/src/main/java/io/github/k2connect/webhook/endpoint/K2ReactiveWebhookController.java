package io.github.k2connect.webhook.endpoint;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookPaths;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

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
	 * @param endpoint what all deliveries share
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
		ReactiveBody body = new ReactiveBody(exchange.getRequest(), this.endpoint);
		return status(exchange, body).flatMap((status) -> respond(exchange, status, body))
			.doFinally((signal) -> body.release());
	}

	private Mono<HttpStatus> status(ServerWebExchange exchange, ReactiveBody body) {
		ServerHttpRequest request = exchange.getRequest();
		if (!request.getMethod().equals(HttpMethod.POST)) {
			exchange.getResponse().getHeaders().setAllow(Set.of(HttpMethod.POST));
			return body.discard().thenReturn(HttpStatus.METHOD_NOT_ALLOWED);
		}
		String account = this.paths.account(request.getPath().pathWithinApplication());
		HttpHeaders headers = request.getHeaders();
		Delivery delivery = new Delivery(this.endpoint, account, headers.getFirst(SignatureVerifier.HEADER),
				headers.getContentLength(), headers.containsHeader(HttpHeaders.CONTENT_ENCODING));
		Rejection rejection = delivery.examine();
		if (rejection != null) {
			return body.discard().then(Mono.fromSupplier(() -> delivery.reject(rejection)));
		}
		return body.read()
			.map((bytes) -> receive(delivery, bytes, body))
			.onErrorResume((ex) -> Mono.just(Mono.just(unread(delivery, ex))))
			.flatMap(Function.identity());
	}

	/**
	 * Send the response. If the body has not ended, the connection or the stream is
	 * closed, so that the server does not read the body.
	 */
	private static Mono<Void> respond(ServerWebExchange exchange, HttpStatus status, ReactiveBody body) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(status);
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, WebhookEndpoint.RETRY_AFTER);
		}
		if (!body.isEnded()) {
			response.getHeaders().setConnection("close");
			NettyStream.resetAfterResponse(exchange.getRequest());
		}
		return response.setComplete().onErrorResume(IllegalStateException.class, (ex) -> {
			logger.debug("The server has already responded to a malformed message", ex);
			return Mono.empty();
		});
	}

	/**
	 * Receive the message. This is not cancelled if the sender closes the connection: a
	 * listener is never interrupted.
	 */
	private Mono<HttpStatus> receive(Delivery delivery, byte[] bytes, ReactiveBody body) {
		return Mono.deferContextual((context) -> Mono.fromFuture(
				this.threads.receive(observation(context).scoped(() -> delivery.arrived(bytes)), body::release), true))
			.onErrorResume((ex) -> Mono.just(delivery.fail(ex)));
	}

	@Override
	public void destroy() {
		this.threads.shutdown();
	}

	private static HttpStatus unread(Delivery delivery, Throwable failure) {
		Rejection rejection = ReactiveBody.rejection(failure);
		if (rejection == null) {
			return delivery.fail(new ConsumedBodyException(failure));
		}
		if (rejection == Rejection.MALFORMED) {
			logger.debug("A message was incomplete", failure);
		}
		return delivery.reject(rejection);
	}

	private static Observation observation(ContextView context) {
		return context.<Observation>getOrEmpty(OBSERVATION).orElse(Observation.NOOP);
	}

}
