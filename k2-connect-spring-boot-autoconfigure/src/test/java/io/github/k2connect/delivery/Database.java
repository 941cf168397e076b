package io.github.k2connect.delivery;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.tools.Server;

/**
 * A database that several processes may use.
 */
enum Database {

	H2 {

		@Override
		DatabaseServer start() throws SQLException {
			Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
			return new DatabaseServer("jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID()
					+ ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=500", "sa", server::stop);
		}

	},

	POSTGRESQL {

		@Override
		DatabaseServer start() throws IOException {
			EmbeddedPostgres server = EmbeddedPostgres.start();
			return new DatabaseServer(server.getJdbcUrl("postgres", "postgres"), "postgres", server);
		}

	};

	/**
	 * Starts a server with an empty database. An H2 transaction waits half a second for
	 * another, a PostgreSQL transaction as long as that takes.
	 */
	abstract DatabaseServer start() throws IOException, SQLException;

}
