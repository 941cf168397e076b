package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;

/**
 * Startup check of the tasks of k2-connect that this application does not run, while
 * another instance on the same table may. db-scheduler leaves their rows alone, but
 * deletes them after {@code db-scheduler.delete-unresolved-after}.
 */
final class UnresolvedTasks implements SmartInitializingSingleton {

	/**
	 * How long db-scheduler keeps rows of tasks that an instance does not know: longer
	 * than any row waits.
	 */
	static final Duration KEPT_FOR = Duration.ofDays(36_500);

	private static final Duration LONG_ENOUGH = Duration.ofDays(3_650);

	private static final Set<String> TASKS = Arrays.stream(Need.values())
		.map(Need::taskName)
		.collect(Collectors.toUnmodifiableSet());

	private static final Log logger = LogFactory.getLog(UnresolvedTasks.class);

	private final DbSchedulerBeans scheduler;

	private final ObjectProvider<Task<?>> tasks;

	UnresolvedTasks(DbSchedulerBeans scheduler, ObjectProvider<Task<?>> tasks) {
		this.scheduler = scheduler;
		this.tasks = tasks;
	}

	static boolean isOfK2Connect(Task<?> task) {
		return TASKS.contains(task.getName());
	}

	@Override
	public void afterSingletonsInstantiated() {
		DbSchedulerProperties properties = this.scheduler.properties().orElse(null);
		SchedulerTable table = this.scheduler.table().orElse(null);
		if (properties == null || table == null || this.scheduler.scheduler().isEmpty()) {
			return;
		}
		Set<String> unresolved = new TreeSet<>(TASKS);
		this.tasks.stream().map(Task::getName).forEach(unresolved::remove);
		if (!unresolved.isEmpty()) {
			check(unresolved, count(table, unresolved), properties);
		}
	}

	private static void check(Set<String> unresolved, Map<String, Long> rows, DbSchedulerProperties properties) {
		String found = rows.entrySet()
			.stream()
			.map((entry) -> entry.getValue() + " of " + entry.getKey())
			.collect(Collectors.joining(", "));
		Duration deleteAfter = properties.getDeleteUnresolvedAfter();
		if (deleteAfter.compareTo(LONG_ENOUGH) >= 0) {
			if (!rows.isEmpty()) {
				logger.warn("The table " + properties.getTableName() + " has rows of tasks that this application "
						+ "does not run: " + found + ". They are kept for an application that runs these tasks");
			}
			return;
		}
		String lost = "db-scheduler.delete-unresolved-after is " + deleteAfter
				+ ". db-scheduler deletes the rows of tasks that this application does not run, ";
		if (!rows.isEmpty()) {
			throw new InvalidK2ConfigurationException(
					lost + "and the table " + properties.getTableName() + " has such rows of k2-connect: " + found
							+ ". Events, follow-ups, subscriptions or looks of the reconciliation would be lost.",
					"Remove db-scheduler.delete-unresolved-after: k2-connect sets it so that nothing is deleted.");
		}
		logger.warn(lost + "also if another application on the table " + properties.getTableName() + " runs them: "
				+ String.join(", ", unresolved)
				+ ". Remove the property: k2-connect sets it so that nothing is deleted");
	}

	private static Map<String, Long> count(SchedulerTable table, Set<String> unresolved) {
		try {
			return table.count(unresolved);
		}
		catch (DataAccessException ex) {
			logger.debug("Failed to count the rows of other applications", ex);
			return Map.of();
		}
	}

}
