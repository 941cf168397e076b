package io.github.k2connect.simulation;

import java.util.EnumSet;
import java.util.Set;

/**
 * Something that can go wrong in a world. A seed draws about half of them.
 */
enum Fault {

	/**
	 * A statement fails, and its transaction can go on.
	 */
	STATEMENT_FAILS,

	/**
	 * A connection is lost, and its transaction with it.
	 */
	CONNECTION_LOST,

	/**
	 * A connection is lost after the statement or the commit took effect.
	 */
	ANSWER_LOST,

	/**
	 * A statement fails, and its transaction silently cannot commit, as in PostgreSQL.
	 */
	TRANSACTION_ABORTED,

	/**
	 * A statement fails, and its transaction is silently rolled back, as in MySQL.
	 */
	DEADLOCK,

	/**
	 * An instance crashes between two statements.
	 */
	CRASH_BETWEEN_STATEMENTS,

	/**
	 * Other things happen between two statements of an instance, at this or at the other
	 * instance.
	 */
	INTERLEAVING,

	/**
	 * The listeners fail now and then.
	 */
	LISTENER_FAILS,

	/**
	 * The listeners fail for some events until the world is healed.
	 */
	LISTENER_ALWAYS_FAILS,

	/**
	 * Instances crash, and start again later.
	 */
	CRASH,

	/**
	 * Instances are deployed again with other settings.
	 */
	RESTART,

	/**
	 * The wall clocks of instances jump forwards and backwards, by up to eight hours.
	 */
	CLOCK_JUMPS,

	/**
	 * Callbacks are lost.
	 */
	CALLBACK_LOST,

	/**
	 * Callbacks are late, and come more than once.
	 */
	CALLBACK_LATE,

	/**
	 * Kopo Kopo has errors, and responses are lost.
	 */
	KOPO_KOPO_FAILS,

	/**
	 * Kopo Kopo accepts a request and never knows it later.
	 */
	KOPO_KOPO_FORGETS,

	/**
	 * The source of accounts throws now and then.
	 */
	ACCOUNT_SOURCE_FAILS,

	/**
	 * The API key of an account is replaced.
	 */
	KEY_ROTATED,

	/**
	 * The inbox of an instance has a limit.
	 */
	INBOX_LIMITED,

	/**
	 * Rows wait for weeks, and one of the instances does not know their tasks.
	 */
	ROWS_OVERDUE_FOR_WEEKS,

	/**
	 * The source of accounts throws for ever.
	 */
	ACCOUNT_SOURCE_GONE,

	/**
	 * A gateway answers status requests with a page of its own and status 404.
	 */
	GATEWAY_NOT_FOUND,

	/**
	 * Kopo Kopo does not know a request yet, for two minutes.
	 */
	KNOWN_LATE,

	/**
	 * Caches and queues are checked after a clock was wrong and is right again.
	 */
	CLOCK_CORRECTED,

	/**
	 * A clock is ahead by more than the time for which handled events are remembered.
	 */
	CLOCK_AHEAD_OF_RETENTION,

	/**
	 * The URL of a payment is stored while the row without it is still marked as
	 * executing, after an interruption of its scheduler.
	 */
	URL_STORED_AFTER_INTERRUPTION,

	/**
	 * Schedulers run before the lifecycle of their instance starts, and after it has
	 * stopped.
	 */
	LIFECYCLE_STOPPED,

	/**
	 * The pools of instances have any isolation, and Kopo Kopo repeats messages while
	 * they are handled.
	 */
	ISOLATION,

	/**
	 * Kopo Kopo asks for any time to wait, for example in milliseconds.
	 */
	RETRY_AFTER,

	/**
	 * No message tells of payments to a till, and Kopo Kopo never answers polls about one
	 * instant.
	 */
	POLLS_NEVER_ANSWERED,

	/**
	 * Kopo Kopo does not answer until the time limit of the call, while other things
	 * happen.
	 */
	KOPO_KOPO_HANGS,

	/**
	 * Applications start payments again with the same idempotency key, and people look at
	 * Kopo Kopo and then resolve or release keys.
	 */
	REQUESTS_REPEATED,

	/**
	 * An instance is paused before it sends a request with a key, while other things
	 * happen.
	 */
	PAUSED_BEFORE_SENDING,

	/**
	 * Some instances execute without a poll what they have inserted, as on PostgreSQL.
	 */
	HAND_OVER,

	/**
	 * An instance loses the events that wait in its memory.
	 */
	HAND_OVER_LOST;

	/**
	 * Faults that were added when tests had seeds of their own already. They are drawn by
	 * themselves, so that these seeds stay what they are.
	 */
	static final Set<Fault> ADDED = EnumSet.of(ISOLATION, RETRY_AFTER, POLLS_NEVER_ANSWERED, KOPO_KOPO_HANGS,
			REQUESTS_REPEATED, PAUSED_BEFORE_SENDING, HAND_OVER, HAND_OVER_LOST);

	/**
	 * The faults that the library does not survive yet. They are left out of all seeds,
	 * and {@link SimulationTests} checks that the simulation still finds each of them.
	 * Remove a fault here when it is mended.
	 */
	static final Set<Fault> KNOWN = EnumSet.noneOf(Fault.class);

}
