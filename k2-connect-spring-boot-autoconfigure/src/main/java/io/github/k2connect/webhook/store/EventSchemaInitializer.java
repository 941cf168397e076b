package io.github.k2connect.webhook.store;

import javax.sql.DataSource;

/**
 * Initializer of the table of handled events.
 */
final class EventSchemaInitializer extends TableInitializer {

	EventSchemaInitializer(DataSource dataSource, EventStoreProperties.Jdbc properties) {
		super(dataSource, properties.initializeSchema(), properties.schema(),
				!properties.schema().equals(EventStoreProperties.Jdbc.SCHEMA)
						|| properties.tableName().equals(JdbcEventStore.DEFAULT_TABLE_NAME));
	}

}
