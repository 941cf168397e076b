package io.github.k2connect.scheduling;

import java.time.Instant;
import java.util.List;

import com.github.kagkarlsson.scheduler.TaskResolver.UnresolvedTask;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.task.Execution;

/**
 * Polls of H2 that pick rows with one statement, as those of PostgreSQL do.
 */
final class PickingCustomization extends DefaultJdbcCustomization {

	static final String POLL = "FINAL TABLE";

	private final HandOver handOver;

	private final String holder;

	PickingCustomization(HandOver handOver, String holder) {
		super(false);
		this.handOver = handOver;
		this.holder = holder;
	}

	@Override
	public boolean supportsSingleStatementLockAndFetch() {
		return true;
	}

	@Override
	public List<Execution> lockAndFetchSingleStatement(JdbcTaskRepositoryContext context, Instant now, int limit,
			boolean orderByPriority) {
		return this.handOver.poll(limit, (max) -> pick(context, now, max));
	}

	private List<Execution> pick(JdbcTaskRepositoryContext context, Instant now, int max) {
		List<String> unresolved = context.taskResolver.getUnresolved()
			.stream()
			.map(UnresolvedTask::getTaskName)
			.toList();
		String filter = " AND task_name <> ?".repeat(unresolved.size());
		return context.jdbcRunner.query(
				"SELECT * FROM " + POLL + " (UPDATE k2_task SET picked = TRUE, picked_by = ?, last_heartbeat = ?,"
						+ " version = version + 1 WHERE (task_name, task_instance) IN (SELECT task_name, task_instance"
						+ " FROM k2_task WHERE picked = FALSE AND execution_time <= ?" + filter
						+ " ORDER BY execution_time FETCH FIRST " + max + " ROWS ONLY)) ORDER BY execution_time",
				(statement) -> {
					statement.setString(1, this.holder);
					setInstant(statement, 2, now);
					setInstant(statement, 3, now);
					for (int i = 0; i < unresolved.size(); i++) {
						statement.setString(4 + i, unresolved.get(i));
					}
				}, context.resultSetMapper.get());
	}

}
