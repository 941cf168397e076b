package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
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

	private final DataAccessException failure = new DuplicateKeyException("Failed");

	private final JdbcEventStore store = mock();

	private final InboxTable table = mock();

	private final InboxClient client = mock();

	private Duration elapsed = Duration.ofHours(1);

	private final ReceivedEvent event = ReceivedEvent
		.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");

	@BeforeEach
	void insertEvents() {
		given(this.client.insert(anyString(), any(), any())).willReturn(true);
	}

	private InboxReceiver receiver(@Nullable Long maxWaiting) {
		return new InboxReceiver(this.store, this.table, this.client,
				new InboxProperties(Duration.ofSeconds(1), Duration.ofHours(1), 20, maxWaiting, Duration.ofMinutes(1)),
				Clock.systemUTC(), () -> this.elapsed.toNanos());
	}

	private Reception receive(InboxReceiver receiver) {
		return receiver.receive(this.event, Duration.ZERO, () -> {
		});
	}

	@Test
	void insertsNewEvent() {
		assertThat(receive(receiver(null))).isEqualTo(Reception.ACCEPTED);
		then(this.client).should().insert(anyString(), any(), any());
	}

	@Test
	void doesNotInsertEventThatWaitsOrWasHandled() {
		given(this.table.contains(this.event.identity().key())).willReturn(true, false);
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
		given(this.store.isHandled(this.event.identity())).willReturn(true);
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
		then(this.client).should(never()).insert(anyString(), any(), any());
	}

	@Test
	void treatsEventHandledAndRemovedDuringInsertAsDuplicate() {
		willThrow(this.failure).given(this.client).insert(anyString(), any(), any());
		given(this.store.isHandled(this.event.identity())).willReturn(false, true);
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
	}

	@Test
	void treatsEventInsertedDespiteFailedCommitAsDuplicate() {
		willThrow(this.failure).given(this.client).insert(anyString(), any(), any());
		given(this.table.contains(this.event.identity().key())).willReturn(false, true);
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
	}

	@Test
	void insertsEventAgainThatWasDiscardedDuringInsert() {
		willThrow(this.failure).willReturn(true).given(this.client).insert(anyString(), any(), any());
		assertThat(receive(receiver(null))).isEqualTo(Reception.ACCEPTED);
		then(this.client).should(times(2)).insert(anyString(), any(), any());
	}

	@Test
	void failsWhenInsertKeepsFailing() {
		willThrow(this.failure).given(this.client).insert(anyString(), any(), any());
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> receive(receiver(null)));
		then(this.client).should(times(5)).insert(anyString(), any(), any());
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
		willAnswer((invocation) -> rows.incrementAndGet() > 0).given(this.client).insert(anyString(), any(), any());
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
		given(this.table.contains(this.event.identity().key())).willReturn(true);
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
	}

	@Test
	void doesNotLookForDuplicatesThatInsertIgnores() {
		given(this.client.recognizesDuplicates(this.store)).willReturn(true);
		given(this.client.insert(anyString(), any(), any())).willReturn(true, false);
		assertThat(receive(receiver(null))).isEqualTo(Reception.ACCEPTED);
		assertThat(receive(receiver(null))).isEqualTo(Reception.DUPLICATE);
		then(this.table).shouldHaveNoInteractions();
		then(this.store).shouldHaveNoInteractions();
	}

	@Test
	void duplicatesDoNotCountAsWaiting() {
		given(this.client.recognizesDuplicates(this.store)).willReturn(true);
		given(this.client.insert(anyString(), any(), any())).willReturn(false, false, true);
		InboxReceiver receiver = receiver(1L);
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
		assertThat(receive(receiver)).isEqualTo(Reception.DUPLICATE);
		assertThat(receive(receiver)).isEqualTo(Reception.ACCEPTED);
		assertThat(receive(receiver)).isEqualTo(Reception.BUSY);
	}

	@Test
	void failsAtOnceWithoutConnection() {
		given(this.client.recognizesDuplicates(this.store)).willReturn(true);
		willThrow(new CannotGetJdbcConnectionException("None")).given(this.client).insert(anyString(), any(), any());
		assertThatExceptionOfType(CannotGetJdbcConnectionException.class).isThrownBy(() -> receive(receiver(null)));
		then(this.client).should().insert(anyString(), any(), any());
	}

}
