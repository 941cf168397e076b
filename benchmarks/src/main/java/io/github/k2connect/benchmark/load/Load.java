package io.github.k2connect.benchmark.load;

import java.util.concurrent.TimeUnit;

/**
 * What it took to receive webhooks.
 *
 * @param requests how many requests were sent
 * @param answeredNanos how long it took until each was answered
 * @param handledNanos how long it took until each was handled
 * @param processorNanos how much time of a processor the applications took
 */
public record Load(int requests, long answeredNanos, long handledNanos, long processorNanos) {

	/**
	 * Return how many requests were answered in a second.
	 * @return a rate
	 */
	public double answeredPerSecond() {
		return perSecond(this.answeredNanos);
	}

	/**
	 * Return how many webhooks were handled in a second.
	 * @return a rate
	 */
	public double handledPerSecond() {
		return perSecond(this.handledNanos);
	}

	/**
	 * Return how long an application took a processor for a webhook.
	 * @return a number of microseconds
	 */
	public double processorMicros() {
		return this.processorNanos / 1000.0 / this.requests;
	}

	private double perSecond(long nanos) {
		return this.requests * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
	}

}
