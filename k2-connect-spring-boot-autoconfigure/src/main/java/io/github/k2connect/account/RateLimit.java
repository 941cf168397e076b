package io.github.k2connect.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.github.k2connect.Ticker;

/**
 * Limit for the number of occurrences in a span of time. The span begins with the first
 * of them.
 */
final class RateLimit {

	private final int max;

	private final Duration length;

	private final Ticker ticker;

	private final AtomicReference<Span> current;

	RateLimit(int max, Duration length, Ticker ticker) {
		this.max = max;
		this.length = length;
		this.ticker = ticker;
		this.current = new AtomicReference<>(new Span(ticker.tick(), 0));
	}

	boolean isReached() {
		Span span = this.current.get();
		return span.count() >= this.max && !isOver(span);
	}

	void add() {
		this.current.updateAndGet(this::next);
	}

	/**
	 * Add an occurrence unless the limit is reached.
	 */
	boolean tryAdd() {
		Span span = this.current.get();
		return (span.count() < this.max || isOver(span)) && this.current.compareAndSet(span, next(span));
	}

	private Span next(Span span) {
		return (span.count() == 0 || isOver(span)) ? new Span(this.ticker.tick(), 1)
				: new Span(span.start(), span.count() + 1);
	}

	private boolean isOver(Span span) {
		return this.ticker.since(span.start()).compareTo(this.length) >= 0;
	}

	/**
	 * A span of time.
	 *
	 * @param start the tick of the first occurrence
	 * @param count the number of occurrences
	 */
	private record Span(long start, int count) {

	}

}
