package io.github.k2connect.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

import javax.sql.DataSource;

import io.github.k2connect.webhook.store.JdbcEventStore;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Makes the table of handled events.
 */
final class EventSchemaInitializer extends DataSourceScriptDatabaseInitializer {

	private final String tableName;

	EventSchemaInitializer(DataSource dataSource, K2Properties.Jdbc properties) {
		super(dataSource, settings(dataSource, properties));
		this.tableName = properties.tableName();
	}

	/**
	 * The script for the database.
	 */
	static String script(DataSource dataSource) {
		return new PlatformPlaceholderDatabaseDriverResolver()
			.resolveAll(dataSource, "classpath:io/github/k2connect/webhook/store/schema-@@platform@@.sql")
			.get(0);
	}

	private static DatabaseInitializationSettings settings(DataSource dataSource, K2Properties.Jdbc properties) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(DatabaseInitializationMode.valueOf(properties.initializeSchema().name()));
		settings.setContinueOnError(true);
		settings.setSchemaLocations(List.of("optional:" + script(dataSource)));
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

	private Resource named(Resource script) {
		try {
			String sql = script.getContentAsString(StandardCharsets.UTF_8)
				.replaceAll("\\b" + JdbcEventStore.DEFAULT_TABLE_NAME + "\\b",
						Matcher.quoteReplacement(this.tableName));
			return new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8), script.getDescription());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
