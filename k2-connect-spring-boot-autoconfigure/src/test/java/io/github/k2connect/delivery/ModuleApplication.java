package io.github.k2connect.delivery;

import java.util.concurrent.CountDownLatch;

import io.github.k2connect.event.K2Event;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.ApplicationModuleListener;

/**
 * An application of two modules: one books the payment before the message is answered,
 * the other ships after that.
 */
@WebhookApplication
class ModuleApplication {

	public static void main(String[] args) {
		SpringApplication.run(ModuleApplication.class, args);
	}

	@Bean
	Booking booking(JdbcClient jdbc, @Value("${booking.failing:false}") boolean failing) {
		return new Booking(jdbc, failing);
	}

	@Bean
	Shipping shipping(JdbcClient jdbc, @Value("${shipping.stuck:false}") boolean stuck) {
		return new Shipping(jdbc, stuck);
	}

	/**
	 * Writes in the transaction of the message.
	 */
	static class Booking {

		private final JdbcClient jdbc;

		private final boolean failing;

		Booking(JdbcClient jdbc, boolean failing) {
			this.jdbc = jdbc;
			this.failing = failing;
		}

		@EventListener
		void on(K2Event event) {
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param("booked " + event.id()).update();
			if (this.failing) {
				throw new IllegalStateException("The booking failed");
			}
		}

	}

	/**
	 * Writes in a transaction of its own, later and on another thread.
	 */
	static class Shipping {

		private final JdbcClient jdbc;

		private final boolean stuck;

		Shipping(JdbcClient jdbc, boolean stuck) {
			this.jdbc = jdbc;
			this.stuck = stuck;
		}

		@ApplicationModuleListener
		void on(K2Event event) throws InterruptedException {
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param("shipped " + event.id()).update();
			if (this.stuck) {
				new CountDownLatch(1).await();
			}
		}

	}

}
