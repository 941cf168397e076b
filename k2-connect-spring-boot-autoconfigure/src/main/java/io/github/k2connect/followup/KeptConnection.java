package io.github.k2connect.followup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * A connection that is taken from a pool and kept until it is no longer valid. Only one
 * thread may use it.
 */
final class KeptConnection extends DelegatingDataSource implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(KeptConnection.class);

	private static final int VALIDATION_SECONDS = 1;

	private volatile @Nullable Connection connection;

	private volatile boolean closed;

	private int networkTimeout;

	private KeptConnection(DataSource pool) {
		super(unwrap(pool));
	}

	/**
	 * Take a connection, before callers take all of them.
	 * @param pool the pool
	 * @return a data source with the connection
	 */
	static KeptConnection of(DataSource pool) {
		KeptConnection kept = new KeptConnection(pool);
		try {
			kept.getConnection();
		}
		catch (SQLException ex) {
			logger.debug("The connection pool has no connection now. It is asked again later", ex);
		}
		return kept;
	}

	private static DataSource unwrap(DataSource dataSource) {
		return (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null)
				? proxy.getTargetDataSource() : dataSource;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection current = this.connection;
		if (current == null || !current.isValid(VALIDATION_SECONDS)) {
			giveBack();
			current = take();
		}
		return new SingleConnectionDataSource(current, true).getConnection();
	}

	private Connection take() throws SQLException {
		Connection taken = super.getConnection();
		this.networkTimeout = networkTimeout(taken);
		this.connection = taken;
		if (this.closed || !taken.isValid(VALIDATION_SECONDS)) {
			giveBack();
			throw new SQLTransientConnectionException("The connection pool has no valid connection");
		}
		return taken;
	}

	private void giveBack() {
		Connection taken = this.connection;
		this.connection = null;
		if (taken != null) {
			restoreNetworkTimeout(taken);
			JdbcUtils.closeConnection(taken);
		}
	}

	private static int networkTimeout(Connection connection) {
		try {
			return connection.getNetworkTimeout();
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			return 0;
		}
	}

	private void restoreNetworkTimeout(Connection connection) {
		try {
			connection.setNetworkTimeout(Runnable::run, this.networkTimeout);
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			logger.debug("The network timeout of a connection could not be restored", ex);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		giveBack();
	}

}
