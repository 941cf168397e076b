package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.github.k2connect.Ticker;
import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link InboxReceiver}.
 */
class InboxReceiverTests {

	private final DataAccessException conflict = new CannotAcquireLockException("Another transaction");

	private final JdbcEventStore store = mock();

	private final InboxTable table = mock();

	private Duration elapsed = Duration.ofHours(1);

	private final ReceivedEvent event = ReceivedEvent
		.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");

	@BeforeEach
	void insertEvents() {
		given(this.table.insert(any(Publication.class), any(), any(), eq(true))).willReturn(true);
	}

	private InboxReceiver receiver(@Nullable Long maxWaiting) {
		return new InboxReceiver(
				this.store, this.table, new InboxProperties(Duration.ofSeconds(1), Duration.ofHours(1), 20, maxWaiting,
						Duration.ofMinutes(1), true),
				Clock.systemUTC(), () -> this.elapsed.toNanos(), ObservationRegistry.NOOP);
	}

	private Reception receive(InboxReceiver receiver) {
		return receiver.receive(this.event, Duration.ZERO, () -> {
		});
	}

	@Test
	void insertsNewEvent() {
		assertThat(receive(receiver(null))).isEqualTo(Reception.ACCEPTED);
		then(this.table).should().insert(any(Publication.class), any(), any(), eq(true));
	}

	@Test
	void handsNothingOverIfThatIsSwitchedOff() {
		InboxProperties properties = new InboxProperties(Duration.ofSeconds(1), Duration.ofHours(1), 20, null,
				Duration.ofMinutes(1), false);
		receive(new InboxReceiver(this.store, this.table, properties, Clock.systemUTC(), Ticker.SYSTEM,
				ObservationRegistry.NOOP));
		then(this.table).should().insert(any(Publication.class), any(), any(), eq(false));
	}

	@Test
	void recognizesDuplicatesWithInsertAlone() {
		given(this.table.insert(any(Publication.class), any(), any(), eq(true))).willReturn(true, false);
		assertThat(receive(receiver(null))).isEqualTo(Reception.ACCEPTED);
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
		then(this.table).should(times(2)).insert(any(Publication.class), any(), any(), eq(true));
		then(this.table).shouldHaveNoMoreInteractions();
		then(this.store).shouldHaveNoInteractions();
	}

	@Test
	void repeatsInsertAfterConflictWithAnotherTransaction() {
		willThrow(this.conflict).willReturn(true)
			.given(this.table)
			.insert(any(Publication.class), any(), any(), eq(true));
		assertThat(receive(receiver(null))).isEqualTo(Reception.ACCEPTED);
		then(this.table).should(times(2)).insert(any(Publication.class), any(), any(), eq(true));
	}

	@Test
	void treatsEventInsertedDespiteConflictAsDuplicate() {
		willThrow(this.conflict).willReturn(false)
			.given(this.table)
			.insert(any(Publication.class), any(), any(), eq(true));
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
	}

	@Test
	void failsWhenInsertKeepsFailing() {
		willThrow(this.conflict).given(this.table).insert(any(Publication.class), any(), any(), eq(true));
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> receive(receiver(null)));
		then(this.table).should(times(5)).insert(any(Publication.class), any(), any(), eq(true));
	}

	/**
	 * The event may have been inserted.
	 */
	@Test
	void countsInsertThatFailsAsWaiting() {
		InboxReceiver receiver = receiver(1L);
		willThrow(this.conflict).given(this.table).insert(any(Publication.class), any(), any(), eq(true));
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> receive(receiver));
		assertThat(receive(receiver)).isEqualTo(Reception.BUSY);
	}

	@Test
	void countsRowsOncePerSecondAndAddsOwnInserts() {
		InboxReceiver receiver = receiver(3L);
		given(this.table.waiting()).willReturn(1L, 0L);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		this.elapsed = this.elapsed.plusMillis(999);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		then(this.table).should().waiting();
		this.elapsed = this.elapsed.plusMillis(1);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		then(this.table).should(times(2)).waiting();
	}

	@Test
	void countsRowsAgainSoonAtLimit() {
		InboxReceiver receiver = receiver(2L);
		given(this.table.waiting()).willReturn(1L, 2L, 1L);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		this.elapsed = this.elapsed.plusMillis(99);
		assertThat(receive(receiver)).isEqualTo(Reception.BUSY);
		then(this.table).should().waiting();
		this.elapsed = this.elapsed.plusMillis(1);
		assertThat(receive(receiver)).isEqualTo(Reception.BUSY);
		this.elapsed = this.elapsed.plusMillis(100);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		then(this.table).should(times(3)).waiting();
	}

	@Test
	void acceptsNoMoreThanLimitInBurst() throws Exception {
		InboxReceiver receiver = receiver(10L);
		AtomicLong rows = new AtomicLong();
		given(this.table.waiting()).willAnswer((invocation) -> rows.get());
		willAnswer((invocation) -> rows.incrementAndGet() > 0).given(this.table)
			.insert(any(Publication.class), any(), any(), eq(true));
		ExecutorService deliveries = Executors.newFixedThreadPool(16);
		try {
			for (Future<Reception> delivery : deliveries
				.invokeAll(Collections.<Callable<Reception>>nCopies(400, () -> receive(receiver)))) {
				assertThat(delivery.get()).isIn(Reception.ACCEPTED, Reception.BUSY);
			}
		}
		finally {
			deliveries.shutdownNow();
		}
		assertThat(rows).hasValue(10);
	}

	@Test
	void recognizesDuplicatesWhenFull() {
		given(this.table.waiting()).willReturn(2L);
		InboxReceiver receiver = receiver(2L);
		assertThat(receive(receiver)).isEqualTo(Reception.BUSY);
		given(this.table.find(this.event.identity().key()))
			.willReturn(Optional.of(new Row("key", "", null, Instant.EPOCH, 0, null)));
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
		given(this.table.find(this.event.identity().key())).willReturn(Optional.empty());
		given(this.store.isHandled(this.event.identity())).willReturn(true);
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
		then(this.table).should(never()).insert(any(Publication.class), any(), any(), eq(true));
	}

	@Test
	void duplicatesDoNotCountAsWaiting() {
		given(this.table.insert(any(Publication.class), any(), any(), eq(true))).willReturn(false, false, true);
		InboxReceiver receiver = receiver(1L);
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		assertThat(receive(receiver)).isEqualTo(Reception.BUSY);
	}

	@Test
	void failsAtOnceWithoutConnection() {
		willThrow(new CannotGetJdbcConnectionException("None")).given(this.table)
			.insert(any(Publication.class), any(), any(), eq(true));
		assertThatExceptionOfType(CannotGetJdbcConnectionException.class).isThrownBy(() -> receive(receiver(null)));
		then(this.table).should().insert(any(Publication.class), any(), any(), eq(true));
	}

}
