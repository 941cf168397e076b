package io.github.k2connect.scheduling;

import io.github.k2connect.webhook.store.EventStoreProperties.InitializeSchema;
import io.github.k2connect.webhook.store.TableInitializer;

/**
 * Initializer of db-scheduler's table.
 */
final class SchedulerSchemaInitializer extends TableInitializer {

	static final String SCHEMA = "classpath:io/github/k2connect/scheduling/schema-@@platform@@.sql";

	SchedulerSchemaInitializer(SchedulerTable table, InitializeSchema mode) {
		super(table.dataSource(), mode, SCHEMA, table.name().equals(SchedulerTable.DEFAULT_NAME));
	}

}
