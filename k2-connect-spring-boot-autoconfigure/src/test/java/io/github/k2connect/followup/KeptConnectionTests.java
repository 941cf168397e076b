package io.github.k2connect.followup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link KeptConnection}.
 */
class KeptConnectionTests {

	private final DataSource pool = mock();

	private final Connection connection = mock();

	@BeforeEach
	void setUp() throws SQLException {
		given(this.pool.getConnection()).willReturn(this.connection);
		given(this.connection.isValid(anyInt())).willReturn(true);
		given(this.connection.getNetworkTimeout()).willReturn(7000);
	}

	@Test
	void takesConnectionAtOnceAndKeepsIt() throws SQLException {
		KeptConnection kept = KeptConnection.of(this.pool);
		then(this.pool).should().getConnection();
		kept.getConnection().close();
		kept.getConnection().close();
		then(this.pool).should().getConnection();
		then(this.connection).should(never()).close();
	}

	@Test
	void givesConnectionBackAsItWas() throws SQLException {
		KeptConnection.of(this.pool).close();
		then(this.connection).should().setNetworkTimeout(any(), eq(7000));
		then(this.connection).should().close();
	}

	@Test
	void givesConnectionOfDriverWithoutNetworkTimeoutBack() throws SQLException {
		given(this.connection.getNetworkTimeout()).willThrow(new SQLFeatureNotSupportedException());
		willThrow(new SQLFeatureNotSupportedException()).given(this.connection).setNetworkTimeout(any(), anyInt());
		KeptConnection.of(this.pool).close();
		then(this.connection).should().close();
	}

	@Test
	void triesAgainWhenPoolHadNoConnection() throws SQLException {
		given(this.pool.getConnection()).willThrow(new SQLTransientConnectionException("None"))
			.willReturn(this.connection);
		assertThat(KeptConnection.of(this.pool).getConnection()).isNotNull();
		then(this.pool).should(times(2)).getConnection();
	}

	@Test
	void givesInvalidConnectionBack() throws SQLException {
		KeptConnection kept = KeptConnection.of(this.pool);
		given(this.connection.isValid(anyInt())).willReturn(false);
		assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(kept::getConnection);
		then(this.connection).should(times(2)).close();
	}

	@Test
	void keepsNoConnectionAfterItIsClosed() throws SQLException {
		KeptConnection kept = KeptConnection.of(this.pool);
		kept.close();
		assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(kept::getConnection);
		then(this.connection).should(times(2)).close();
	}

	/**
	 * A connection of the caller's transaction must not be kept.
	 */
	@Test
	void takesConnectionOutsideOfTransactionOfCaller() {
		assertThat(KeptConnection.of(new TransactionAwareDataSourceProxy(this.pool)).getTargetDataSource())
			.isSameAs(this.pool);
	}

}
