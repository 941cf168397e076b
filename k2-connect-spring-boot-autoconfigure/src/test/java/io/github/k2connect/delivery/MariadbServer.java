package io.github.k2connect.delivery;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Assumptions;

import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The MariaDB server that the build is given with the property {@code k2.test.mariadb}.
 * Its user may create databases.
 */
final class MariadbServer {

	private static final Log logger = LogFactory.getLog(MariadbServer.class);

	private static final String ABSENT = "Left out for MariaDB: the build has no server. Name one with "
			+ "-Dk2.test.mariadb='jdbc:mariadb://127.0.0.1:3306/?user=root&password=secret'";

	private static final String URL = System.getProperty("k2.test.mariadb", "");

	private MariadbServer() {
	}

	static boolean isAvailable() {
		if (URL.isEmpty()) {
			logger.warn(ABSENT);
		}
		return !URL.isEmpty();
	}

	/**
	 * Create an empty database, which is dropped at the end.
	 */
	static DatabaseServer createDatabase() throws SQLException {
		Assumptions.assumeTrue(isAvailable(), ABSENT);
		String database = "k2_" + UUID.randomUUID().toString().replace("-", "");
		execute("CREATE DATABASE " + database);
		UriComponents uri = UriComponentsBuilder.fromUriString(URL.substring("jdbc:".length())).build();
		Map<String, String> login = uri.getQueryParams().toSingleValueMap();
		return new DatabaseServer("jdbc:mariadb://" + uri.getHost() + ":" + uri.getPort() + "/" + database,
				login.getOrDefault("user", ""), login.getOrDefault("password", ""), () -> drop(database));
	}

	private static void drop(String database) {
		try {
			execute("DROP DATABASE " + database);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(URL);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
