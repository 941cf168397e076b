package io.github.k2connect.account;

import java.time.Duration;

import io.github.k2connect.Ticker;

/**
 * Limit for the number of occurrences in a span of time. The span begins with the first
 * of them.
 */
final class RateLimit {

	private final int max;

	private final Duration span;

	private final Ticker ticker;

	private long start;

	private int count;

	RateLimit(int max, Duration span, Ticker ticker) {
		this.max = max;
		this.span = span;
		this.ticker = ticker;
	}

	synchronized boolean isReached() {
		return this.count >= this.max && !isOver();
	}

	synchronized void add() {
		if (this.count == 0 || isOver()) {
			this.start = this.ticker.tick();
			this.count = 0;
		}
		this.count++;
	}

	/**
	 * Add an occurrence unless the limit is reached.
	 */
	synchronized boolean tryAdd() {
		if (isReached()) {
			return false;
		}
		add();
		return true;
	}

	private boolean isOver() {
		return this.ticker.since(this.start).compareTo(this.span) >= 0;
	}

}
