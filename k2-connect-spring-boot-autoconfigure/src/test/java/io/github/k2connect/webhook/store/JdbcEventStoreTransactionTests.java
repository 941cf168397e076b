package io.github.k2connect.webhook.store;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.github.k2connect.TestTables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JdbcEventStore} with various transaction managers.
 */
class JdbcEventStoreTransactionTests {

	private static final EventIdentity EVENT = new EventIdentity("default", "customer_created", "1", null);

	private final DataSource dataSource = TestTables.inH2();

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final List<String> happened = new ArrayList<>();

	@BeforeEach
	void createTables() {
		this.jdbc.sql("CREATE TABLE effect (id VARCHAR(10))").update();
	}

	private boolean handle(PlatformTransactionManager transactionManager, Runnable handling) {
		K2EventStore store = new JdbcEventStore(this.dataSource, transactionManager, "k2_event", Duration.ofDays(90),
				Duration.ofSeconds(20), Clock.systemUTC());
		return new TransactionalEventStore(store, transactionManager).handleOnce(EVENT, handling);
	}

	private void takeEffect() {
		this.happened.add("handled");
		this.jdbc.sql("INSERT INTO effect VALUES ('1')").update();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				JdbcEventStoreTransactionTests.this.happened.add("after commit");
			}

		});
	}

	private long count(String table) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
	}

	@Test
	void doesNotStoreEventWhenTransactionManagerOfApplicationCannotCommit() {
		PlatformTransactionManager failing = new BrokerTransactionManager(true);
		assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(() -> handle(failing, this::takeEffect));
		assertThat(count("k2_event")).isZero();
		assertThat(count("effect")).isZero();
		assertThat(handle(new BrokerTransactionManager(false), this::takeEffect)).isTrue();
		assertThat(count("effect")).isOne();
	}

	@Test
	void runsAfterCommitCallbacksAfterCommitOfApplication() {
		handle(new BrokerTransactionManager(false), this::takeEffect);
		assertThat(this.happened).endsWith("handled", "committed", "after commit");
	}

	@Test
	void joinsTransactionManagerThatOpensConnectionItself() {
		PlatformTransactionManager jpa = new ExclusiveTransactionManager(this.dataSource);
		assertThatIllegalStateException().isThrownBy(() -> handle(jpa, () -> {
			takeEffect();
			throw new IllegalStateException("The listener failed");
		}));
		assertThat(count("k2_event")).isZero();
		assertThat(count("effect")).isZero();
		assertThat(handle(jpa, this::takeEffect)).isTrue();
		assertThat(handle(jpa, this::takeEffect)).isFalse();
		assertThat(count("k2_event")).isOne();
		assertThat(count("effect")).isOne();
		assertThat(this.happened).containsExactly("handled", "handled", "after commit");
	}

	/**
	 * A transaction manager takes such an exception for one of the commit, does not roll
	 * back, and commits when it gives the connection back.
	 */
	@Test
	void rollsBackAfterTransactionExceptionBeforeCommit() {
		PlatformTransactionManager transactionManager = new JdbcTransactionManager(this.dataSource);
		for (TransactionException failure : List.of(new UnexpectedRollbackException("A transaction of a listener"),
				new TransactionSystemException("Another transaction of a listener"))) {
			assertThatException().isThrownBy(() -> handle(transactionManager, () -> {
				takeEffect();
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void beforeCommit(boolean readOnly) {
						throw failure;
					}

				});
			})).matches((ex) -> NestedExceptionUtils.getMostSpecificCause(ex) == failure);
			assertThat(count("k2_event")).isZero();
			assertThat(count("effect")).isZero();
		}
		assertThat(handle(transactionManager, this::takeEffect)).isTrue();
		assertThat(this.happened).containsExactly("handled", "handled", "handled", "after commit");
	}

	/**
	 * A transaction manager of another resource, such as a message broker.
	 */
	private final class BrokerTransactionManager extends AbstractPlatformTransactionManager {

		private final boolean failing;

		private boolean active;

		BrokerTransactionManager(boolean failing) {
			this.failing = failing;
		}

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected boolean isExistingTransaction(Object transaction) {
			return this.active;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.active = true;
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			List<String> happened = JdbcEventStoreTransactionTests.this.happened;
			if (this.failing && happened.contains("handled")) {
				throw new TransactionSystemException("The broker is away");
			}
			happened.add("committed");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

		@Override
		protected void doSetRollbackOnly(DefaultTransactionStatus status) {
		}

		@Override
		protected void doCleanupAfterCompletion(Object transaction) {
			this.active = false;
		}

	}

	/**
	 * Refuses a connection that it did not open, as JPA's transaction manager does.
	 */
	private static final class ExclusiveTransactionManager extends JdbcTransactionManager {

		ExclusiveTransactionManager(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			if (TransactionSynchronizationManager.hasResource(obtainDataSource())) {
				throw new IllegalTransactionStateException("A connection is bound already");
			}
			super.doBegin(transaction, definition);
		}

	}

}
