package io.github.k2connect.delivery;

import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;

import org.springframework.boot.SpringApplication;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An application that writes down what no message told of.
 */
@WebhookApplication
class ReconciliationApplication {

	private final JdbcClient jdbc;

	ReconciliationApplication(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public static void main(String[] args) {
		SpringApplication.run(ReconciliationApplication.class, args);
	}

	@EventListener
	void on(MissedTillPayment payment) {
		write("payment " + payment.account() + " " + payment.reference());
	}

	@EventListener
	void on(MissedTillReversal payment) {
		write("reversal " + payment.account() + " " + payment.reference());
	}

	private void write(String effect) {
		this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(effect).update();
	}

}
