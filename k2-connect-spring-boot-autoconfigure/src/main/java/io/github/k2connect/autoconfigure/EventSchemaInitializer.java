package io.github.k2connect.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

import javax.sql.DataSource;

import io.github.k2connect.Sha256;
import io.github.k2connect.webhook.store.JdbcEventStore;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Makes the table of handled events.
 */
final class EventSchemaInitializer extends DataSourceScriptDatabaseInitializer {

	private static final String SCRIPTS = "io/github/k2connect/webhook/store/schema-";

	private static final String INDEX_SUFFIX = "_handled_at";

	private static final int MAX_NAME_LENGTH = 63;

	private final String tableName;

	EventSchemaInitializer(DataSource dataSource, K2Properties.Jdbc properties) {
		super(dataSource, settings(dataSource, properties));
		this.tableName = properties.tableName();
	}

	/**
	 * What to do about a table that is missing.
	 */
	static String remedy(DataSource dataSource) {
		String script = script(dataSource);
		return new ClassPathResource(script).exists()
				? "Run classpath:" + script + ", or set k2.webhook.jdbc.initialize-schema=always."
				: "There is no script for this database: make the table as those in classpath:" + SCRIPTS + "*.sql do.";
	}

	private static String script(DataSource dataSource) {
		try {
			String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
			return SCRIPTS + DatabaseDriver.fromProductName(JdbcUtils.commonDatabaseName(product)).getId() + ".sql";
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database cannot be asked for its name", ex);
		}
	}

	private static DatabaseInitializationSettings settings(DataSource dataSource, K2Properties.Jdbc properties) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(DatabaseInitializationMode.valueOf(properties.initializeSchema().name()));
		settings.setContinueOnError(true);
		settings.setSchemaLocations(List.of("optional:classpath:" + script(dataSource)));
		return settings;
	}

	@Override
	protected void runScripts(Scripts scripts) {
		List<Resource> named = new ArrayList<>();
		scripts.forEach((script) -> named.add(named(script)));
		super.runScripts(new Scripts(named).continueOnError(scripts.isContinueOnError())
			.separator(scripts.getSeparator())
			.encoding(scripts.getEncoding()));
	}

	/**
	 * The name of a table's index. It is another one for each table of a schema, since
	 * PostgreSQL makes no second index of the same name there, and no longer than a name
	 * may be, which PostgreSQL cuts off without a word.
	 */
	static String indexName(String tableName) {
		String table = tableName.substring(tableName.indexOf('.') + 1);
		String name = table + INDEX_SUFFIX;
		if (name.length() <= MAX_NAME_LENGTH) {
			return name;
		}
		String digest = Sha256.hex(table.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
		return table.substring(0, MAX_NAME_LENGTH - digest.length() - INDEX_SUFFIX.length() - 1) + "_" + digest
				+ INDEX_SUFFIX;
	}

	private Resource named(Resource script) {
		try {
			String sql = script.getContentAsString(StandardCharsets.UTF_8)
				.replace(JdbcEventStore.DEFAULT_TABLE_NAME + INDEX_SUFFIX, indexName(this.tableName))
				.replaceAll("\\b" + JdbcEventStore.DEFAULT_TABLE_NAME + "\\b",
						Matcher.quoteReplacement(this.tableName));
			return new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8), script.getDescription());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
