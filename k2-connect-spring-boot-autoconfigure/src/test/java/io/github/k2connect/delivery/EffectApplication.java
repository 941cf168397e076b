package io.github.k2connect.delivery;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.event.K2Event;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application whose listener writes one effect for each event. A test can block the
 * listener, and let it fail after it has written.
 */
@WebhookApplication
class EffectApplication {

	private final AtomicInteger calls = new AtomicInteger();

	private final JdbcClient jdbc;

	private volatile boolean failing;

	private volatile CountDownLatch blocked = new CountDownLatch(0);

	EffectApplication(JdbcClient jdbc, @Value("${listener.failing:false}") boolean failing) {
		this.jdbc = jdbc;
		this.failing = failing;
	}

	/**
	 * Return how often the listener was called.
	 */
	int calls() {
		return this.calls.get();
	}

	void failing(boolean failing) {
		this.failing = failing;
	}

	/**
	 * Block the listener until the latch is counted down.
	 */
	CountDownLatch block() {
		this.blocked = new CountDownLatch(1);
		return this.blocked;
	}

	@EventListener
	void on(K2Event event) throws InterruptedException {
		this.calls.incrementAndGet();
		this.blocked.await();
		this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
		if (this.failing) {
			throw new IllegalStateException("The listener failed");
		}
	}

}
