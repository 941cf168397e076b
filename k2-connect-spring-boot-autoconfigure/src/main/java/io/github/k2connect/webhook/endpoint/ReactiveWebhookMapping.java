package io.github.k2connect.webhook.endpoint;

import java.util.Map;

import io.github.k2connect.webhook.WebhookPaths;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Mapping of the endpoint on the reactive stack. It does not apply to the port for
 * management, whose context is a child of the application's.
 */
final class ReactiveWebhookMapping extends SimpleUrlHandlerMapping {

	private final ApplicationContext application;

	/**
	 * Create the mapping.
	 * @param handlers the handler of each path
	 * @param application the application with the endpoint
	 */
	ReactiveWebhookMapping(Map<String, ?> handlers, ApplicationContext application) {
		super(handlers, WebhookPaths.MAPPING_ORDER);
		this.application = application;
		setCorsProcessor(new PreFlightRejection());
	}

	@Override
	public Mono<Object> getHandlerInternal(ServerWebExchange exchange) {
		ApplicationContext receiving = exchange.getApplicationContext();
		return (receiving == null || receiving == this.application) ? super.getHandlerInternal(exchange) : Mono.empty();
	}

	/**
	 * Rejects a preflight request that nobody has configured.
	 */
	private static final class PreFlightRejection extends DefaultCorsProcessor {

		@Override
		public boolean process(@Nullable CorsConfiguration config, ServerWebExchange exchange) {
			if (config != null || !CorsUtils.isPreFlightRequest(exchange.getRequest())) {
				return super.process(config, exchange);
			}
			exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
			return false;
		}

	}

}
