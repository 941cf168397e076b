package io.github.k2connect.followup;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.WriterTransaction;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The follow-ups in the table of tasks.
 */
final class FollowUpTable implements GroupedWriter.Target<FollowUpWrite> {

	private final TaskTable table;

	private final JdbcTemplate jdbc;

	private final WriterTransaction transaction;

	private final String delete;

	FollowUpTable(K2Database database) {
		this.table = new TaskTable(database);
		this.jdbc = new JdbcTemplate(database.dataSource());
		this.transaction = new WriterTransaction(database);
		this.delete = "DELETE FROM " + this.table.name() + " WHERE task_name = ? AND task_instance = ?"
				+ " AND (picked = ? OR task_instance LIKE '" + FollowUpRows.BEGUN + "%')";
	}

	/**
	 * Make changes with two batches of statements. Fails if a follow-up that should be
	 * added exists.
	 */
	@Override
	public void write(List<FollowUpWrite> writes) {
		List<NewRow> added = writes.stream().map(FollowUpWrite::added).filter(Objects::nonNull).toList();
		this.transaction.execute(() -> {
			if (!added.isEmpty()) {
				this.table.insert(added);
			}
			delete(writes.stream().map(FollowUpWrite::deleted));
		});
	}

	@Override
	public void writeAgain(FollowUpWrite write) {
		this.transaction.execute(() -> {
			NewRow added = write.added();
			if (added != null) {
				this.table.insertIfAbsent(added);
			}
			delete(Stream.ofNullable(write.deleted()));
		});
	}

	/**
	 * Delete follow-ups. Those with a URL that are executing end by themselves. One
	 * without a URL does not: its execution may have ended with its instance.
	 */
	private void delete(Stream<String> keys) {
		List<Object[]> parameters = keys.filter(Objects::nonNull)
			.sorted()
			.map((key) -> new Object[] { FollowUpTask.NAME, key, false })
			.toList();
		if (!parameters.isEmpty()) {
			this.jdbc.batchUpdate(this.delete, parameters);
		}
	}

}
