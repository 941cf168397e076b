package io.github.k2connect.autoconfigure;

import javax.sql.DataSource;

import io.github.k2connect.webhook.store.JdbcEventStore;

/**
 * Initializer of the table of handled events.
 */
final class EventSchemaInitializer extends TableInitializer {

	private static final String INDEX_SUFFIX = "_handled_at";

	EventSchemaInitializer(DataSource dataSource, K2Properties.Jdbc properties) {
		super(dataSource, script(properties), properties.initializeSchema());
	}

	static TableScript script(K2Properties.Jdbc properties) {
		return new TableScript("io/github/k2connect/webhook/store/schema-", JdbcEventStore.DEFAULT_TABLE_NAME,
				properties.tableName());
	}

	static String indexName(String tableName) {
		return TableScript.indexName(tableName, INDEX_SUFFIX);
	}

}
