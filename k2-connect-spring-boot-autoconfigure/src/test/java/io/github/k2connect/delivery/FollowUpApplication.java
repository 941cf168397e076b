package io.github.k2connect.delivery;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application that asks for payments and writes down what becomes of them.
 */
@WebhookApplication
class FollowUpApplication {

	private final JdbcClient jdbc;

	private final StkService stk;

	final AtomicInteger failures = new AtomicInteger();

	FollowUpApplication(JdbcClient jdbc, StkService stk) {
		this.jdbc = jdbc;
		this.stk = stk;
	}

	public static void main(String[] args) {
		SpringApplication.run(FollowUpApplication.class, args);
	}

	/**
	 * Asks for a payment at start, in a process of its own.
	 */
	@Bean
	ApplicationRunner push(@Value("${push:false}") boolean push) {
		return (arguments) -> {
			if (push) {
				push();
			}
		};
	}

	/**
	 * Asks for payments on many threads until the process is killed.
	 */
	@Bean
	ApplicationRunner pushAlways(@Value("${pushers:0}") int pushers) {
		return (arguments) -> {
			for (int i = 0; i < pushers; i++) {
				Thread thread = new Thread(() -> {
					while (true) {
						push();
					}
				});
				thread.setDaemon(true);
				thread.start();
			}
		};
	}

	/**
	 * A job that asks for payments with keys, on many threads.
	 */
	@Bean
	ApplicationRunner pushWithKeys(@Value("${keys:0}") int keys) {
		return (arguments) -> {
			AtomicInteger next = new AtomicInteger();
			for (int i = 0; i < Math.min(keys, 16); i++) {
				Thread thread = new Thread(() -> {
					for (int key = next.getAndIncrement(); key < keys; key = next.getAndIncrement()) {
						push("order-" + key);
					}
				});
				thread.setDaemon(true);
				thread.start();
			}
		};
	}

	K2Location push() {
		return this.stk.initiateIncomingPayment(request().build());
	}

	/**
	 * Ask for a payment with a key, which is in the metadata too.
	 */
	K2Location push(String key) {
		return this.stk.initiateIncomingPayment(request().metadata("key", key).idempotencyKey(key).build());
	}

	private static StkPushRequest.Builder request() {
		return StkPushRequest.builder()
			.tillNumber("K000000")
			.phoneNumber("+254999999999")
			.amount(1)
			.callbackUrl("https://duka.example/k2/webhooks");
	}

	@EventListener
	void on(StkPushResult result) {
		write(result.id() + " " + result.status());
	}

	@EventListener
	void on(UnresolvedK2Request unresolved) {
		write("unresolved " + unresolved.type() + " " + unresolved.location());
	}

	private void write(String effect) {
		this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(effect).update();
		if (this.failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new IllegalStateException("The listener failed");
		}
	}

}
