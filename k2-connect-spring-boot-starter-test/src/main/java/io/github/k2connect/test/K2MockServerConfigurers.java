package io.github.k2connect.test;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.test.web.reactive.server.WebTestClientConfigurer;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * {@code WebTestClient} configurers for webhooks and results.
 */
public final class K2MockServerConfigurers {

	private K2MockServerConfigurers() {
	}

	/**
	 * Sign the body of each request as Kopo Kopo does.
	 * @param apiKey the API key of the application
	 * @return the configurer, for {@code mutateWith(…)}
	 */
	public static WebTestClientConfigurer signedWith(String apiKey) {
		ExchangeFilterFunction signing = signing(new WebhookSigner(apiKey));
		return (builder, httpHandlerBuilder, connector) -> builder.filter(signing);
	}

	private static ExchangeFilterFunction signing(WebhookSigner signer) {
		return (request,
				next) -> next.exchange(ClientRequest.from(request)
					.body((message, context) -> request.body().insert(new SignedRequest(message, signer), context))
					.build());
	}

	/**
	 * Request that is signed when its body is written.
	 */
	private static final class SignedRequest extends ClientHttpRequestDecorator {

		private final WebhookSigner signer;

		SignedRequest(ClientHttpRequest delegate, WebhookSigner signer) {
			super(delegate);
			this.signer = signer;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return DataBufferUtils.join(body).flatMap((whole) -> {
				byte[] bytes = new byte[whole.readableByteCount()];
				whole.read(bytes);
				DataBufferUtils.release(whole);
				getHeaders().set(WebhookSigner.SIGNATURE_HEADER, this.signer.sign(bytes));
				return super.writeWith(Mono.just(bufferFactory().wrap(bytes)));
			});
		}

	}

}
