package io.github.k2connect.webhook.store;

import java.sql.DatabaseMetaData;
import java.util.List;

import javax.sql.DataSource;

import io.github.k2connect.webhook.store.EventStoreProperties.InitializeSchema;
import org.apiguardian.api.API;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Initializer that creates a table with the script for the database.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public abstract class TableInitializer extends DataSourceScriptDatabaseInitializer {

	private static final String PLATFORM = "@@platform@@";

	private final Script script;

	private final InitializeSchema mode;

	/**
	 * Create the initializer.
	 * @param dataSource the database
	 * @param mode the databases in which the table is created
	 * @param schema the location of the script, with {@code @@platform@@} for the name of
	 * the database
	 * @param fits whether the script creates a table of the configured name
	 */
	protected TableInitializer(DataSource dataSource, InitializeSchema mode, String schema, boolean fits) {
		this(dataSource, mode, Script.of(dataSource, schema, fits));
	}

	private TableInitializer(DataSource dataSource, InitializeSchema mode, Script script) {
		super(dataSource, settings(mode, script));
		this.mode = mode;
		this.script = script;
	}

	private static DatabaseInitializationSettings settings(InitializeSchema mode, Script script) {
		DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
		settings.setMode(
				script.fits() ? DatabaseInitializationMode.valueOf(mode.name()) : DatabaseInitializationMode.NEVER);
		settings.setContinueOnError(true);
		settings.setSchemaLocations(List.of("optional:" + script.location()));
		return settings;
	}

	/**
	 * Return what to do if the table is missing.
	 * @return a sentence
	 */
	public String remedy() {
		String location = this.script.location();
		if (!this.script.fits()) {
			return "The scripts create a table with another name: create this one with a script of your own, like "
					+ location + ".";
		}
		if (!this.script.exists()) {
			return "There is no script for this database: create the table like the scripts in "
					+ this.script.schema().replace(PLATFORM, "*") + " do.";
		}
		return (this.mode == InitializeSchema.ALWAYS)
				? "Its script has failed, although k2.webhook.jdbc.initialize-schema is always: the user of the"
						+ " DataSource may not be allowed to create tables. Run " + location + " as another user."
				: "Run " + location + ", or set k2.webhook.jdbc.initialize-schema=always.";
	}

	/**
	 * The script for the database.
	 *
	 * @param schema the location for all databases
	 * @param location the location for this database
	 * @param fits whether the script creates a table of the configured name
	 */
	private record Script(String schema, String location, boolean fits) {

		static Script of(DataSource dataSource, String schema, boolean fits) {
			return new Script(schema, schema.replace(PLATFORM, platform(dataSource)), fits);
		}

		private static String platform(DataSource dataSource) {
			try {
				String product = JdbcUtils.extractDatabaseMetaData(dataSource,
						DatabaseMetaData::getDatabaseProductName);
				return DatabaseDriver.fromProductName(JdbcUtils.commonDatabaseName(product)).getId();
			}
			catch (MetaDataAccessException ex) {
				throw new IllegalStateException("Failed to read the name of the database", ex);
			}
		}

		boolean exists() {
			return new DefaultResourceLoader().getResource(this.location).exists();
		}

	}

}
