package io.github.k2connect.delivery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.k2connect.Proofs;
import org.h2.tools.Server;
import org.opentest4j.TestAbortedException;

/**
 * A database that several processes may use.
 */
public enum Database {

	H2 {

		@Override
		public DatabaseServer start() throws SQLException {
			Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
			return new DatabaseServer("jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID()
					+ ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=500", "sa", server::stop);
		}

	},

	POSTGRESQL {

		@Override
		public DatabaseServer start() {
			return PostgresqlServer.createSchema();
		}

	},

	/**
	 * A server that runs already, if the build is given one.
	 */
	MARIADB {

		@Override
		public DatabaseServer start() throws SQLException {
			return MariadbServer.createDatabase();
		}

	};

	/**
	 * Return a server with an empty database. An H2 transaction waits half a second for
	 * another, a PostgreSQL transaction as long as that takes, a MariaDB transaction 50
	 * seconds.
	 * @throws TestAbortedException if the build has no such server
	 */
	public abstract DatabaseServer start() throws SQLException;

	/**
	 * Leave out a test whose instances are processes, if the proofs are small and it runs
	 * on another database too.
	 */
	void assumeProof() {
		if (this == H2) {
			Proofs.assumeFull("H2");
		}
	}

	/**
	 * Return the databases of this build, for tests that start all of them at once.
	 */
	static List<Database> available() {
		List<Database> available = new ArrayList<>(List.of(values()));
		if (!MariadbServer.isAvailable()) {
			available.remove(MARIADB);
		}
		return available;
	}

}
