package io.github.k2connect.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.k2connect.Sha256;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * The script that creates a table, with a variant for each database.
 *
 * @param prefix the scripts' names without the database
 * @param defaultTableName the table's name in the scripts
 * @param tableName the name of the table to create
 */
record TableScript(String prefix, String defaultTableName, String tableName) {

	private static final int MAX_NAME_LENGTH = 63;

	/**
	 * Return what to do if the table is missing.
	 */
	String remedy(DataSource dataSource) {
		String script = location(dataSource);
		return new ClassPathResource(script).exists()
				? "Run classpath:" + script + ", or set k2.webhook.jdbc.initialize-schema=always."
				: "There is no script for this database: create the table like the scripts in classpath:" + this.prefix
						+ "*.sql do.";
	}

	/**
	 * Return what to do if the table is missing, for a mode of initialization.
	 */
	String remedy(DataSource dataSource, K2Properties.InitializeSchema mode) {
		String script = location(dataSource);
		return (mode == K2Properties.InitializeSchema.ALWAYS && new ClassPathResource(script).exists())
				? "Its script has failed, although k2.webhook.jdbc.initialize-schema is always: the user of the"
						+ " DataSource may not be allowed to create tables. Run classpath:" + script
						+ " as another user."
				: remedy(dataSource);
	}

	DatabaseInitializationSettings settings(DataSource dataSource, K2Properties.InitializeSchema mode) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(DatabaseInitializationMode.valueOf(mode.name()));
		settings.setContinueOnError(true);
		settings.setSchemaLocations(List.of("optional:classpath:" + location(dataSource)));
		return settings;
	}

	/**
	 * Return the script with the names of the table and of its indexes.
	 */
	Resource named(Resource script) {
		try {
			String sql = Pattern.compile("\\b" + this.defaultTableName + "(_\\w+)?\\b")
				.matcher(script.getContentAsString(StandardCharsets.UTF_8))
				.replaceAll((name) -> Matcher.quoteReplacement(
						(name.group(1) != null) ? indexName(this.tableName, name.group(1)) : this.tableName));
			return new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8), script.getDescription());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the name of a table's index. It is unique for each table, because PostgreSQL
	 * requires unique index names in a schema. It is short enough, because PostgreSQL
	 * silently truncates long names.
	 */
	static String indexName(String tableName, String suffix) {
		String table = tableName.substring(tableName.indexOf('.') + 1);
		String name = table + suffix;
		if (name.length() <= MAX_NAME_LENGTH) {
			return name;
		}
		String digest = Sha256.hex(table.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
		return table.substring(0, MAX_NAME_LENGTH - digest.length() - suffix.length() - 1) + "_" + digest + suffix;
	}

	private String location(DataSource dataSource) {
		try {
			String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
			return this.prefix + DatabaseDriver.fromProductName(JdbcUtils.commonDatabaseName(product)).getId() + ".sql";
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database cannot be asked for its name", ex);
		}
	}

}
