package io.github.k2connect.scheduling;

import javax.sql.DataSource;

import io.github.k2connect.webhook.store.EventStoreProperties.InitializeSchema;
import io.github.k2connect.webhook.store.TableInitializer;

/**
 * Initializer of db-scheduler's table.
 */
final class SchedulerSchemaInitializer extends TableInitializer {

	static final String SCHEMA = "classpath:io/github/k2connect/scheduling/schema-@@platform@@.sql";

	SchedulerSchemaInitializer(DataSource dataSource, String tableName, InitializeSchema mode) {
		super(dataSource, mode, SCHEMA, tableName.equals(SchedulerTable.DEFAULT_NAME));
	}

}
