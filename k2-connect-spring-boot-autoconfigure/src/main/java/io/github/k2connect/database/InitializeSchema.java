package io.github.k2connect.database;

import org.apiguardian.api.API;

/**
 * The databases in which the tables are created at startup.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public enum InitializeSchema {

	/**
	 * Embedded databases only.
	 */
	EMBEDDED,

	/**
	 * Any database.
	 */
	ALWAYS,

	/**
	 * None.
	 */
	NEVER

}
