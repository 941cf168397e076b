package io.github.k2connect.autoconfigure;

import java.util.Optional;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import io.github.k2connect.webhook.inbox.InboxTable;

/**
 * The database of db-scheduler, after it was verified.
 */
final class InboxDatabase {

	private final DataSource dataSource;

	private final JdbcCustomization customization;

	private final InboxTable table;

	InboxDatabase(Optional<DbSchedulerCustomizer> customizer, DataSource dataSource, DbSchedulerProperties scheduler,
			long maxBodySize, SchedulerNeed need) {
		this.dataSource = customizer.flatMap(DbSchedulerCustomizer::dataSource).orElse(dataSource);
		this.customization = customizer.flatMap(DbSchedulerCustomizer::jdbcCustomization)
			.orElseGet(
					() -> new AutodetectJdbcCustomization(this.dataSource, scheduler.isAlwaysPersistTimestampInUtc()));
		this.table = new InboxTable(this.dataSource, this.customization, scheduler.getTableName());
		verify(scheduler.getTableName(), maxBodySize, need);
	}

	private void verify(String tableName, long maxBodySize, SchedulerNeed need) {
		TableScript script = InboxSchemaInitializer.script(tableName);
		if (!this.table.isUsable()) {
			throw new InvalidK2ConfigurationException(need.reason() + ", and db-scheduler's table " + tableName
					+ " does not exist or has the wrong columns.", script.remedy(this.dataSource));
		}
		if (!this.table.hasRoomFor(maxBodySize)) {
			throw new InvalidK2ConfigurationException(
					"The column task_data of " + tableName + " is too small for k2.webhook.max-body-size.",
					"Make the column larger, as the scripts in classpath:" + script.prefix() + "*.sql do.");
		}
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
