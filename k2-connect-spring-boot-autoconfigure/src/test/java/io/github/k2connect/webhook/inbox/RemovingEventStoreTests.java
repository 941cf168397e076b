package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.TestTables;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RemovingEventStore}.
 */
class RemovingEventStoreTests {

	private static final EventIdentity EVENT = new EventIdentity("default", "customer_created", "1", null);

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final AtomicInteger handlings = new AtomicInteger();

	private final AtomicInteger removals = new AtomicInteger();

	private JdbcEventStore events;

	@BeforeEach
	void setUp() {
		this.events = new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource), "k2_event",
				Duration.ofDays(1), Duration.ofSeconds(1), Clock.systemUTC());
	}

	private RemovingEventStore removing(boolean found) {
		return new RemovingEventStore(this.events, (store) -> {
			this.removals.incrementAndGet();
			return found;
		});
	}

	private boolean handle(RemovingEventStore store) {
		return store.handleOnce(EVENT, this.handlings::incrementAndGet);
	}

	@Test
	void removesHandledEvent() {
		RemovingEventStore store = removing(true);
		assertThat(handle(store)).isTrue();
		assertThat(store.hasRemoved()).isTrue();
		assertThat(this.handlings).hasValue(1);
	}

	@Test
	void hasNotRemovedEventThatWasNotFound() {
		RemovingEventStore store = removing(false);
		assertThat(handle(store)).isTrue();
		assertThat(store.hasRemoved()).isFalse();
		assertThat(this.removals).hasValue(1);
	}

	@Test
	void hasNotRemovedEventThatWasHandledBefore() {
		handle(removing(true));
		RemovingEventStore store = removing(true);
		assertThat(handle(store)).isFalse();
		assertThat(store.hasRemoved()).isFalse();
		assertThat(this.handlings).hasValue(1);
	}

	@Test
	void doesNotRemoveEventWhoseListenerFails() {
		RemovingEventStore store = removing(true);
		assertThatIllegalStateException().isThrownBy(() -> store.handleOnce(EVENT, () -> {
			throw new IllegalStateException("The listener failed");
		}));
		assertThat(store.hasRemoved()).isFalse();
		assertThat(this.removals).hasValue(0);
	}

	@Test
	void removesNothingInTransactionOfOtherStore() {
		InMemoryEventStore memory = new InMemoryEventStore(100, Duration.ofSeconds(1));
		RemovingEventStore store = new RemovingEventStore(memory, (events) -> true);
		assertThat(handle(store)).isTrue();
		assertThat(handle(store)).isFalse();
		assertThat(store.hasRemoved()).isFalse();
		assertThat(this.handlings).hasValue(1);
	}

}
