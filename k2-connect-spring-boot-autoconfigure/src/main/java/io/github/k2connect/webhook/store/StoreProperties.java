package io.github.k2connect.webhook.store;

import java.time.Duration;
import java.util.regex.Pattern;

import io.github.k2connect.database.InitializeSchema;
import org.apiguardian.api.API;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the store of handled events, and of the tables of k2-connect.
 *
 * @param type Where handled events are remembered, so that each is published once. With
 * auto, in the database if there is one, otherwise in memory.
 * @param retention Time for which a handled event and an idempotency key are remembered
 * in the database.
 * @param memory The store in memory.
 * @param jdbc The store in the database.
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@ConfigurationProperties("k2.store")
public record StoreProperties(@DefaultValue("auto") Type type, @DefaultValue("90d") Duration retention,
		@DefaultValue Memory memory, @DefaultValue Jdbc jdbc) {

	public StoreProperties {
		throwUnless(retention.compareTo(Duration.ZERO) > 0, "k2.store.retention", "must be positive");
	}

	/**
	 * The store in memory.
	 *
	 * @param maxEntries Maximum number of handled events to remember. The oldest are
	 * forgotten first.
	 */
	public record Memory(@DefaultValue("10000") int maxEntries) {

		public Memory {
			throwUnless(maxEntries >= 1, "k2.store.memory.max-entries", "must be at least 1");
		}

	}

	/**
	 * The store in the database.
	 *
	 * @param initializeSchema Databases in which the tables are created at startup.
	 * @param schema Script that creates the tables, with @@platform@@ for the name of the
	 * database.
	 * @param tablePrefix Beginning of the names of the tables, with a schema where they
	 * need one.
	 */
	public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema,
			@DefaultValue("classpath:io/github/k2connect/database/schema-@@platform@@.sql") String schema,
			@DefaultValue("k2_") String tablePrefix) {

		private static final Pattern TABLE_PREFIX = Pattern.compile("(?:[A-Za-z_]\\w*\\.)?[A-Za-z_]\\w*");

		public Jdbc {
			throwUnless(TABLE_PREFIX.matcher(tablePrefix).matches(), "k2.store.jdbc.table-prefix",
					"must be the beginning of a name of a table, with a schema or without");
		}

	}

	/**
	 * Where handled events are stored.
	 */
	public enum Type {

		/**
		 * In the database where there is one with the table, else in memory.
		 */
		AUTO,

		/**
		 * In the database.
		 */
		JDBC,

		/**
		 * In the memory of the instance.
		 */
		MEMORY,

		/**
		 * Nowhere: every delivery is published.
		 */
		NONE

	}

}
