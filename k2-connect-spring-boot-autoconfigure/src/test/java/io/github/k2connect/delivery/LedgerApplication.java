package io.github.k2connect.delivery;

import java.util.concurrent.ThreadLocalRandom;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.StkPushResult;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application that writes every event into its ledger.
 */
@WebhookApplication
class LedgerApplication {

	public static void main(String[] args) {
		SpringApplication.run(LedgerApplication.class, args);
	}

	@Bean
	Ledger ledger(JdbcClient jdbc, @Value("${ledger.failures}") double failures) {
		return new Ledger(jdbc, failures);
	}

	/**
	 * Fails at random, as often before it has written as after.
	 *
	 * @param failures the share of events with which it fails
	 */
	record Ledger(JdbcClient jdbc, double failures) {

		@EventListener
		void on(BuygoodsTransactionReceived event) {
			write(Message.effectOf(event));
		}

		@EventListener
		void on(StkPushResult event) {
			write(Message.effectOf(event));
		}

		private void write(String effect) {
			double chance = ThreadLocalRandom.current().nextDouble();
			if (chance < this.failures / 2) {
				throw new IllegalStateException("Injected before the effect of " + effect);
			}
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(effect).update();
			if (chance > 1 - this.failures / 2) {
				throw new IllegalStateException("Injected after the effect of " + effect);
			}
		}

	}

}
