package io.github.k2connect.webhook.store;

import java.time.Duration;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the store of handled events.
 *
 * @param store Where handled events are remembered, so that each is published once. With
 * auto, in the database if there is one, otherwise in memory.
 * @param retention Time for which a handled event is remembered in the database.
 * @param maxWait How long a delivery waits, from its arrival, to be handled in direct
 * mode, or for another delivery of the same event, and on WebFlux for a thread. Then it
 * gets status 503.
 * @param memory The store in memory.
 * @param jdbc The store in the database.
 */
@ConfigurationProperties("k2.webhook")
public record EventStoreProperties(@DefaultValue("auto") Store store, @DefaultValue("90d") Duration retention,
		@DefaultValue("20s") Duration maxWait, @DefaultValue Memory memory, @DefaultValue Jdbc jdbc) {

	public EventStoreProperties {
		throwUnless(retention.compareTo(Duration.ZERO) > 0, "k2.webhook.retention", "must be positive");
		throwUnless(maxWait.toMillis() >= 1, "k2.webhook.max-wait", "must be positive");
	}

	/**
	 * The store in memory.
	 *
	 * @param maxEntries Maximum number of handled events to remember. The oldest are
	 * forgotten first.
	 */
	public record Memory(@DefaultValue("10000") int maxEntries) {

		public Memory {
			throwUnless(maxEntries >= 1, "k2.webhook.memory.max-entries", "must be at least 1");
		}

	}

	/**
	 * The store in the database.
	 *
	 * @param initializeSchema Databases in which the table is created at startup.
	 * @param schema Script that creates the table, with @@platform@@ for the name of the
	 * database. A table with another name needs a script of your own.
	 * @param tableName Name of the table, with a schema where it needs one.
	 */
	public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema,
			@DefaultValue(Jdbc.SCHEMA) String schema, @DefaultValue("k2_event") String tableName) {

		static final String SCHEMA = "classpath:io/github/k2connect/webhook/store/schema-@@platform@@.sql";

		private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)?");

		public Jdbc {
			throwUnless(TABLE_NAME.matcher(tableName).matches(), "k2.webhook.jdbc.table-name",
					"must be a name of a table, with a schema or without");
		}

	}

	/**
	 * Where handled events are stored.
	 */
	public enum Store {

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

	/**
	 * Which databases get the table at start.
	 */
	public enum InitializeSchema {

		/**
		 * Embedded databases only.
		 */
		EMBEDDED,

		/**
		 * Any database.
		 */
		ALWAYS,

		/**
		 * None.
		 */
		NEVER

	}

}
