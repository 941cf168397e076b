package io.github.k2connect.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.core.io.Resource;

/**
 * Initializer that creates a table with its script.
 */
class TableInitializer extends DataSourceScriptDatabaseInitializer {

	private final TableScript script;

	TableInitializer(DataSource dataSource, TableScript script, K2Properties.InitializeSchema mode) {
		super(dataSource, script.settings(dataSource, mode));
		this.script = script;
	}

	@Override
	protected void runScripts(Scripts scripts) {
		List<Resource> named = new ArrayList<>();
		scripts.forEach((script) -> named.add(this.script.named(script)));
		super.runScripts(new Scripts(named).continueOnError(scripts.isContinueOnError())
			.separator(scripts.getSeparator())
			.encoding(scripts.getEncoding()));
	}

}
