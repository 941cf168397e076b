package io.github.k2connect.sample.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.sample.order.OrderChanged;
import io.github.k2connect.sample.order.OrderState;
import io.github.k2connect.sample.order.Orders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams that notify browsers of changes of an order. A stream ends after a while, and
 * the browser opens a new one, so that unused streams are soon removed.
 */
@Component
class OrderStreams {

	private static final Logger logger = LoggerFactory.getLogger(OrderStreams.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration RECONNECT_TIME = Duration.ofSeconds(1);

	private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

	private final Orders orders;

	OrderStreams(Orders orders) {
		this.orders = orders;
	}

	/**
	 * Open a stream of an order's states. It begins with the current state, which is read
	 * after the stream was registered, so that no change is missed.
	 * @param orderId the order's id
	 * @return the stream
	 */
	SseEmitter open(String orderId) {
		Stream stream = new Stream(orderId, new SseEmitter(TIMEOUT.toMillis()));
		stream.emitter().onTimeout(stream.emitter()::complete);
		stream.emitter().onError((ex) -> this.streams.remove(stream));
		stream.emitter().onCompletion(() -> this.streams.remove(stream));
		this.streams.add(stream);
		sendState(stream);
		return stream.emitter();
	}

	/**
	 * Send an order's state to the browsers that show it. This runs on another thread
	 * than the change, because the response to Kopo Kopo must not wait for a slow
	 * browser.
	 * @param event the order that changed
	 */
	@Async
	@TransactionalEventListener(fallbackExecution = true)
	void onChange(OrderChanged event) {
		this.streams.stream().filter((stream) -> stream.orderId().equals(event.orderId())).forEach(this::sendState);
	}

	@EventListener(ContextClosedEvent.class)
	void closeAll() {
		this.streams.forEach((stream) -> stream.emitter().complete());
	}

	int count() {
		return this.streams.size();
	}

	private void sendState(Stream stream) {
		OrderState state = this.orders.find(stream.orderId()).orElseThrow().state();
		try {
			stream.emitter()
				.send(SseEmitter.event().name("state").data(state.name()).reconnectTime(RECONNECT_TIME.toMillis()));
			if (!state.isOpen()) {
				this.streams.remove(stream);
				stream.emitter().complete();
			}
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A browser has left order {}", stream.orderId(), ex);
			this.streams.remove(stream);
		}
	}

	private record Stream(String orderId, SseEmitter emitter) {
	}

}
