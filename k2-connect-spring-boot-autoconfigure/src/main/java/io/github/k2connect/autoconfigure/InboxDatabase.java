package io.github.k2connect.autoconfigure;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import io.github.k2connect.webhook.inbox.InboxTable;

/**
 * The database of db-scheduler.
 */
final class InboxDatabase {

	private final DataSource dataSource;

	private final boolean customized;

	private final JdbcCustomization customization;

	private final String tableName;

	private final InboxTable table;

	InboxDatabase(DbSchedulerBeans scheduler, SchedulerNeed need) {
		DbSchedulerProperties properties = scheduler.properties(need);
		this.dataSource = scheduler.dataSource(need);
		this.customized = scheduler.isDataSourceCustomized();
		this.customization = scheduler.customization(this.dataSource, properties);
		this.tableName = properties.getTableName();
		this.table = new InboxTable(this.dataSource, this.customization, this.tableName);
	}

	/**
	 * Verify that the table exists and can store messages.
	 */
	void verify(SchedulerNeed need, long maxBodySize, K2Properties.InitializeSchema mode) {
		TableScript script = InboxSchemaInitializer.script(this.tableName);
		if (!this.table.isUsable()) {
			throw new InvalidK2ConfigurationException(
					need.reason() + ", and db-scheduler's table " + this.tableName
							+ " does not exist or has the wrong columns in " + where() + ".",
					script.remedy(this.dataSource, mode));
		}
		if (!this.table.hasRoomFor(maxBodySize)) {
			throw new InvalidK2ConfigurationException(
					"The column task_data of " + this.tableName + " is too small for k2.webhook.max-body-size.",
					"Make the column larger, as the scripts in classpath:" + script.prefix() + "*.sql do.");
		}
	}

	private String where() {
		return this.customized ? "the DataSource of the DbSchedulerCustomizer" : "the application's DataSource";
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	JdbcCustomization customization() {
		return this.customization;
	}

	InboxTable table() {
		return this.table;
	}

}
