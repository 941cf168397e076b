package io.github.k2connect.webhook.store;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.ConnectionHandle;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link BoundConnections}.
 */
class BoundConnectionsTests {

	private final DataSource dataSource = mock();

	@AfterEach
	void unbind() {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.dataSource);
	}

	/**
	 * A transaction manager that finds nothing bound does not release its connection.
	 */
	@Test
	void keepsConnectionOfTransactionIfItCannotBeOpened() {
		ConnectionHandle handle = () -> {
			throw new IllegalStateException("The pool is exhausted");
		};
		ConnectionHolder holder = new ConnectionHolder(handle);
		TransactionSynchronizationManager.bindResource(this.dataSource, holder);
		assertThatIllegalStateException().isThrownBy(BoundConnections::letOthersJoin)
			.withMessage("The pool is exhausted");
		assertThat(TransactionSynchronizationManager.getResource(this.dataSource)).isSameAs(holder);
	}

}
