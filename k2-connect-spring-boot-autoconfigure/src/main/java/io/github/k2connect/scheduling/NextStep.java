package io.github.k2connect.scheduling;

import java.time.Instant;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the row after an execution.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface NextStep {

	/**
	 * Take the step.
	 * @param row the row, of which one method must be called, as the last change of a
	 * transaction
	 */
	void take(Row row);

	/**
	 * Remove the row.
	 * @return the next step
	 */
	static NextStep remove() {
		return Row::remove;
	}

	/**
	 * Execute the task again, after a success.
	 * @param time the time of the next execution
	 * @param data the new text
	 * @return the next step
	 */
	static NextStep at(Instant time, String data) {
		return (row) -> row.reschedule(time, data);
	}

	/**
	 * Execute the task again. This execution has done nothing, so it counts neither as a
	 * success nor as a failure.
	 * @param time the time of the next execution
	 * @param data the new text, or {@code null} to keep the text
	 * @return the next step
	 */
	static NextStep postpone(Instant time, @Nullable String data) {
		return (row) -> row.postpone(time, data);
	}

	/**
	 * Execute the task again, after a failure.
	 * @param time the time of the next execution
	 * @return the next step
	 */
	static NextStep retry(Instant time) {
		return (row) -> row.retry(time, null);
	}

	/**
	 * Execute the task again, after a failure.
	 * @param time the time of the next execution
	 * @param data the new text
	 * @return the next step
	 */
	static NextStep retry(Instant time, String data) {
		return (row) -> row.retry(time, data);
	}

	/**
	 * The row of an execution. Each method commits its change, also a transaction of
	 * Spring that contains it.
	 */
	interface Row {

		/**
		 * Remove the row.
		 * @return {@code false} if another instance has changed it meanwhile
		 */
		boolean remove();

		/**
		 * Execute the task again, after a success.
		 * @param time the time of the next execution
		 * @param data the new text
		 */
		void reschedule(Instant time, String data);

		/**
		 * Execute the task again, after neither a success nor a failure.
		 * @param time the time of the next execution
		 * @param data the new text, or {@code null} to keep the text
		 */
		void postpone(Instant time, @Nullable String data);

		/**
		 * Execute the task again, after a failure.
		 * @param time the time of the next execution
		 * @param data the new text, or {@code null} to keep the text
		 */
		void retry(Instant time, @Nullable String data);

	}

}
