package io.github.k2connect.delivery;

import io.github.k2connect.delivery.LedgerApplication.Ledger;
import io.github.k2connect.event.K2Event;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An application whose listeners need a second connection: before the commit, to note
 * that a delivery came, and after it, to write a receipt.
 */
@WebhookApplication
class AuditedApplication {

	public static void main(String[] args) {
		SpringApplication.run(AuditedApplication.class, args);
	}

	/**
	 * The table of the notes, which are there however often a delivery failed, and that
	 * of the receipts.
	 */
	static void createTables(DatabaseServer server) {
		server.createEffects();
		server.createEventPublications();
		server.jdbc().sql("CREATE TABLE note (event VARCHAR(200) NOT NULL)").update();
		server.jdbc().sql("CREATE TABLE receipt (event VARCHAR(200) NOT NULL)").update();
	}

	@Bean
	Ledger ledger(JdbcClient jdbc, @Value("${ledger.failures:0}") double failures) {
		return new Ledger(jdbc, failures);
	}

	@Bean
	Audit audit(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new Audit(jdbc, transactionManager);
	}

	/**
	 * Writes in transactions of its own.
	 */
	static class Audit {

		private final JdbcClient jdbc;

		private final TransactionTemplate own;

		Audit(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
			this.jdbc = jdbc;
			this.own = new TransactionTemplate(transactionManager);
			this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		}

		@Order(0)
		@EventListener
		void note(K2Event event) {
			insert("INSERT INTO note (event) VALUES (?)", event);
		}

		@TransactionalEventListener
		void receipt(K2Event event) {
			insert("INSERT INTO receipt (event) VALUES (?)", event);
		}

		private void insert(String sql, K2Event event) {
			this.own.executeWithoutResult((status) -> this.jdbc.sql(sql).param(Message.effectOf(event)).update());
		}

	}

}
