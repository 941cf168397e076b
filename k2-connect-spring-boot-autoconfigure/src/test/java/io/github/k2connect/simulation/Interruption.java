package io.github.k2connect.simulation;

/**
 * What happens to an operation on the database.
 */
enum Interruption {

	NONE, STATEMENT_FAILS, CONNECTION_LOST, ANSWER_LOST, TRANSACTION_ABORTED, DEADLOCK, CRASH_BEFORE, CRASH_AFTER

}
