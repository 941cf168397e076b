package io.github.k2connect.webhook.endpoint;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;

/**
 * A stream of HTTP/2 in Reactor Netty, which would read the rest of a body without end
 * after the response. Other servers reset the stream by themselves.
 */
final class NettyStream {

	private static final boolean PRESENT = ClassUtils.isPresent("reactor.netty.http.server.HttpServerRequest",
			NettyStream.class.getClassLoader());

	private NettyStream() {
	}

	/**
	 * Reset the stream of a request after its response was sent.
	 * @param request a request on any server and with any version of HTTP
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the reset
	static void resetAfterResponse(ServerHttpRequest request) {
		if (PRESENT && nativeRequest(request) instanceof HttpServerRequest stream
				&& stream.protocol().startsWith("HTTP/2")) {
			stream.withConnection((connection) -> {
				Channel channel = connection.channel();
				connection.onTerminate().subscribe(null, (ex) -> channel.close(), channel::close);
			});
		}
	}

	private static @Nullable Object nativeRequest(ServerHttpRequest request) {
		try {
			return ServerHttpRequestDecorator.getNativeRequest(request);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return null; // there is no server, as in tests of the application
		}
	}

}
