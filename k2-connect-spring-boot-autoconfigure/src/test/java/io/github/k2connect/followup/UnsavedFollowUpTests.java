package io.github.k2connect.followup;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.database.GroupedWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willDoNothing;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for the changes that {@link GroupedWriter} cannot make at first, with a table
 * that fails, and a thread whose work the test does.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnsavedFollowUpTests {

	private static final FollowUpState STATE = FollowUpState.begun("shop", "incoming_payment", Map.of(), Instant.EPOCH);

	private static final FollowUpState STARTED = STATE
		.started(URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1"));

	private final RuntimeException noConnection = new CannotCreateTransactionException("No connection");

	private final RuntimeException failed = new DataAccessException("The statement failed") {
	};

	private final FollowUpTable table = mock();

	private final ScheduledExecutorService thread = mock();

	private final Queue<Runnable> scheduled = new ArrayDeque<>();

	private final GroupedWriter<FollowUpWrite> writer = new GroupedWriter<>(this.table, this.thread);

	@BeforeEach
	void setUp() {
		willAnswer((call) -> {
			call.<Runnable>getArgument(0).run();
			return null;
		}).given(this.thread).execute(any());
		given(this.thread.schedule(any(Runnable.class), eq(1000L), eq(TimeUnit.MILLISECONDS))).willAnswer((call) -> {
			this.scheduled.add(call.getArgument(0));
			return mock(ScheduledFuture.class);
		});
	}

	private void failing(RuntimeException together, RuntimeException alone) {
		willThrow(together).given(this.table).write(any());
		willThrow(alone).given(this.table).writeAgain(any());
	}

	private void recover() {
		clearInvocations(this.table);
		willDoNothing().given(this.table).write(any());
		willDoNothing().given(this.table).writeAgain(any());
	}

	private void runScheduled() {
		this.scheduled.remove().run();
	}

	private void insertAndFail() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.writer.write(FollowUpWrite.insert("begun-1", STATE, Instant.EPOCH)));
	}

	private void replaceAndFail(String key) {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.writer.writeEventually(replacement(key)));
	}

	private void deleteAndFail(String key) {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.writer.writeEventually(FollowUpWrite.delete(key)));
	}

	private static FollowUpWrite replacement(String key) {
		return FollowUpWrite.replace("begun-" + key, key, STARTED, Instant.EPOCH);
	}

	@Test
	void storesLocationUntilItSucceeds() {
		failing(this.noConnection, this.noConnection);
		replaceAndFail("1");
		runScheduled();
		recover();
		runScheduled();
		then(this.table).should().writeAgain(replacement("1"));
		assertThat(this.scheduled).isEmpty();
		assertThat(this.writer.retry("begun-1")).isFalse();
		then(this.table).shouldHaveNoMoreInteractions();
	}

	@Test
	void schedulesOneRetryForAllChanges() {
		failing(this.noConnection, this.noConnection);
		replaceAndFail("1");
		replaceAndFail("2");
		assertThat(this.scheduled).hasSize(1);
	}

	@Test
	void retryKnowsWhetherLocationOfFollowUpIsStoredNow() {
		failing(this.noConnection, this.noConnection);
		replaceAndFail("1");
		assertThat(this.writer.retry("begun-1")).isFalse();
		recover();
		assertThat(this.writer.retry("begun-2")).isFalse();
		then(this.table).should().writeAgain(replacement("1"));
		failing(this.failed, this.failed);
		replaceAndFail("3");
		recover();
		assertThat(this.writer.retry("begun-3")).isTrue();
	}

	@Test
	void oneChangeThatFailsDoesNotDelayOthers() {
		failing(this.failed, this.failed);
		replaceAndFail("1");
		replaceAndFail("2");
		recover();
		willThrow(this.failed).given(this.table).writeAgain(replacement("1"));
		runScheduled();
		then(this.table).should().writeAgain(replacement("2"));
		recover();
		runScheduled();
		then(this.table).should().writeAgain(replacement("1"));
		then(this.table).shouldHaveNoMoreInteractions();
	}

	@Test
	void triesOneChangeWhileThereIsNoConnection() {
		failing(this.noConnection, this.noConnection);
		replaceAndFail("1");
		replaceAndFail("2");
		clearInvocations(this.table);
		runScheduled();
		then(this.table).should().writeAgain(replacement("1"));
		then(this.table).shouldHaveNoMoreInteractions();
	}

	@Test
	void doesNotDeleteRequestWhoseInsertNeverBegan() {
		failing(this.noConnection, this.noConnection);
		insertAndFail();
		assertThat(this.scheduled).isEmpty();
	}

	/**
	 * It is unknown whether an insert that began was committed.
	 */
	@Test
	void deletesRequestWhoseInsertBegan() {
		for (List<RuntimeException> failures : List.of(List.of(this.failed, this.noConnection),
				List.of(this.noConnection, this.failed), List.of(this.failed, this.failed))) {
			failing(failures.get(0), failures.get(1));
			insertAndFail();
			recover();
			runScheduled();
			then(this.table).should().writeAgain(FollowUpWrite.delete("begun-1"));
		}
	}

	@Test
	void keepsLocationsButNotAllDeletionsWhileDatabaseIsAway(CapturedOutput output) {
		failing(this.noConnection, this.noConnection);
		for (int i = 1; i <= 1000; i++) {
			deleteAndFail("key-" + i);
		}
		assertThat(output).doesNotContain("another one is dropped");
		deleteAndFail("dropped");
		assertThat(output).containsOnlyOnce("another one is dropped");
		replaceAndFail("1");
		recover();
		runScheduled();
		then(this.table).should(times(1001)).writeAgain(any());
		then(this.table).should().writeAgain(FollowUpWrite.delete("key-1000"));
		then(this.table).should(never()).writeAgain(FollowUpWrite.delete("dropped"));
		then(this.table).should().writeAgain(replacement("1"));
	}

	@Test
	void doesNotStoreRequestWhoseCallerNoLongerWaits() {
		List<Runnable> later = holdThread();
		assertThatExceptionOfType(QueryTimeoutException.class)
			.isThrownBy(() -> this.writer.write(FollowUpWrite.insert("begun-1", STATE, Instant.EPOCH)))
			.withMessageStartingWith("The database did not make a change within 1600 ms");
		later.forEach(Runnable::run);
		then(this.table).shouldHaveNoInteractions();
	}

	@Test
	void storesLocationWhoseCallerNoLongerWaits() {
		List<Runnable> later = holdThread();
		replaceAndFail("1");
		later.forEach(Runnable::run);
		then(this.table).should().write(List.of(replacement("1")));
	}

	private List<Runnable> holdThread() {
		List<Runnable> later = new ArrayList<>();
		willAnswer((call) -> later.add(call.getArgument(0))).given(this.thread).execute(any());
		return later;
	}

	@Test
	void makesChangesBeforeItIsClosed(CapturedOutput output) throws InterruptedException {
		failing(this.noConnection, this.noConnection);
		replaceAndFail("1");
		recover();
		given(this.thread.awaitTermination(anyLong(), any())).willReturn(true);
		this.writer.close();
		then(this.table).should().writeAgain(replacement("1"));
		then(this.thread).should().shutdown();
		then(this.thread).should(never()).shutdownNow();
		assertThat(output).doesNotContain("could not be stored before the stop");
	}

	@Test
	void reportsChangesThatAreLostWhenItIsClosed(CapturedOutput output) throws InterruptedException {
		failing(this.noConnection, this.noConnection);
		replaceAndFail("1");
		given(this.thread.awaitTermination(anyLong(), any())).willReturn(false);
		this.writer.close();
		then(this.thread).should().shutdownNow();
		assertThat(output).contains("1 changes of requests could not be stored before the stop");
	}

	@Test
	void staysInterruptedWhenItIsClosed() throws InterruptedException {
		given(this.thread.awaitTermination(anyLong(), any())).willThrow(new InterruptedException());
		this.writer.close();
		assertThat(Thread.interrupted()).isTrue();
	}

}
