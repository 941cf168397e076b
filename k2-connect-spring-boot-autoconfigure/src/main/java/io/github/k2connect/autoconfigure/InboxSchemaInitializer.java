package io.github.k2connect.autoconfigure;

import javax.sql.DataSource;

import io.github.k2connect.webhook.inbox.InboxTable;

/**
 * Initializer of db-scheduler's table.
 */
final class InboxSchemaInitializer extends TableInitializer {

	InboxSchemaInitializer(DataSource dataSource, String tableName, K2Properties.InitializeSchema mode) {
		super(dataSource, script(tableName), mode);
	}

	static TableScript script(String tableName) {
		return new TableScript("io/github/k2connect/webhook/inbox/schema-", InboxTable.DEFAULT_NAME, tableName);
	}

}
