package io.github.k2connect.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.stream.StreamSupport;

import javax.sql.DataSource;

import org.apiguardian.api.API;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Initializer that creates the tables with the script for the database. In the script,
 * {@code @@table-prefix@@} is the beginning of the names of the tables, and
 * {@code @@index-prefix@@} is the same without a schema, for the names of indexes.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class K2SchemaInitializer extends DataSourceScriptDatabaseInitializer {

	private static final String PLATFORM = "@@platform@@";

	private final InitializeSchema mode;

	private final String schema;

	private final String location;

	private final String tablePrefix;

	/**
	 * Create the initializer.
	 * @param dataSource the database
	 * @param mode the databases in which the tables are created
	 * @param schema the location of the script, with {@code @@platform@@} for the name of
	 * the database
	 * @param tablePrefix the beginning of the names of the tables
	 */
	public K2SchemaInitializer(DataSource dataSource, InitializeSchema mode, String schema, String tablePrefix) {
		this(dataSource, mode, schema, schema.replace(PLATFORM, platform(dataSource)), tablePrefix);
	}

	private K2SchemaInitializer(DataSource dataSource, InitializeSchema mode, String schema, String location,
			String tablePrefix) {
		super(dataSource, settings(mode, location));
		this.mode = mode;
		this.schema = schema;
		this.location = location;
		this.tablePrefix = tablePrefix;
	}

	private static DatabaseInitializationSettings settings(InitializeSchema mode, String location) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(DatabaseInitializationMode.valueOf(mode.name()));
		settings.setContinueOnError(true);
		settings.setSchemaLocations(List.of("optional:" + location));
		return settings;
	}

	private static String platform(DataSource dataSource) {
		try {
			String product = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
			return DatabaseDriver.fromProductName(JdbcUtils.commonDatabaseName(product)).getId();
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("Failed to read the name of the database", ex);
		}
	}

	@Override
	protected void runScripts(Scripts scripts) {
		List<Resource> named = StreamSupport.stream(scripts.spliterator(), false).map(this::withNames).toList();
		super.runScripts(new Scripts(named).continueOnError(scripts.isContinueOnError())
			.separator(scripts.getSeparator())
			.encoding(StandardCharsets.UTF_8));
	}

	private Resource withNames(Resource script) {
		try {
			String text = script.getContentAsString(StandardCharsets.UTF_8)
				.replace("@@table-prefix@@", this.tablePrefix)
				.replace("@@index-prefix@@", this.tablePrefix.substring(this.tablePrefix.lastIndexOf('.') + 1));
			return new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), script.getDescription());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Failed to read " + script.getDescription(), ex);
		}
	}

	/**
	 * Return what to do if a table is missing.
	 * @return a sentence
	 */
	public String remedy() {
		if (!new DefaultResourceLoader().getResource(this.location).exists()) {
			return "There is no script for this database: create the tables like the scripts in "
					+ this.schema.replace(PLATFORM, "*") + " do.";
		}
		return (this.mode == InitializeSchema.ALWAYS)
				? "Its script has failed, although k2.store.jdbc.initialize-schema is always: the user of the"
						+ " DataSource may not be allowed to create tables. Run " + this.location + " as another user."
				: "Run " + this.location + ", or set k2.store.jdbc.initialize-schema=always.";
	}

}
