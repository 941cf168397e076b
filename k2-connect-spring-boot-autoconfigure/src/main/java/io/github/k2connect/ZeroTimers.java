package io.github.k2connect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.k2connect.K2Meter.Case;
import io.github.k2connect.K2Meter.Value;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apiguardian.api.API;

/**
 * Binder that registers the timers of all possible observations at startup. An alert then
 * sees the first one of a kind as a rise from zero.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class ZeroTimers implements MeterBinder {

	private static final Set<String> NONE = Set.of(Value.NONE.asString());

	private final List<Consumer<MeterRegistry>> timers = new ArrayList<>();

	private ZeroTimers() {
	}

	/**
	 * Create the timers of deliveries and, in inbox mode, of the handling of stored
	 * messages.
	 * @param accounts the names of the accounts in metrics
	 * @param kinds the topics and types, and {@code unknown}
	 * @param inbox whether messages are stored and handled later
	 * @return the timers
	 */
	public static ZeroTimers deliveries(Collection<String> accounts, Collection<String> kinds, boolean inbox) {
		ZeroTimers timers = new ZeroTimers().add(K2Meter.DELIVERY, Case.UNREAD, accounts, NONE);
		return inbox
				? timers.add(K2Meter.DELIVERY, Case.INBOX, accounts, kinds)
					.add(K2Meter.HANDLING, Case.INBOX, accounts, kinds)
					.add(K2Meter.HANDLING, Case.UNREAD, NONE, NONE)
				: timers.add(K2Meter.DELIVERY, Case.DIRECT, accounts, kinds);
	}

	/**
	 * Create the timers of the handling of events that k2-connect creates itself.
	 * @param accounts the names of the accounts in metrics
	 * @param kinds the kinds of the events
	 * @return the timers
	 */
	public static ZeroTimers ownEvents(Collection<String> accounts, Collection<String> kinds) {
		return new ZeroTimers().add(K2Meter.HANDLING, Case.INBOX, accounts, kinds);
	}

	/**
	 * Create the timers of follow-ups, and of the handling of their events.
	 * @param accounts the names of the accounts in metrics
	 * @param types the types of results
	 * @param ownKind the kind of the events for requests without a result
	 * @return the timers
	 */
	public static ZeroTimers followUps(Collection<String> accounts, Collection<String> types, String ownKind) {
		return ownEvents(accounts, Set.of(ownKind)).add(K2Meter.FOLLOW_UP, Case.ANY, accounts, types);
	}

	/**
	 * Create the timers of requests for a token.
	 * @param accounts the names of the accounts in metrics
	 * @return the timers
	 */
	public static ZeroTimers tokenRequests(Collection<String> accounts) {
		return new ZeroTimers().add(K2Meter.TOKEN_REQUEST, Case.ANY, accounts, NONE);
	}

	private ZeroTimers add(K2Meter meter, Case when, Collection<String> accounts, Collection<String> kinds) {
		this.timers.add((registry) -> accounts.forEach((account) -> kinds.stream()
			.flatMap((kind) -> meter.timers(when, account, kind))
			.forEach((tags) -> Timer.builder(meter.asString())
				.tags(tags.stream().map((tag) -> Tag.of(tag.getKey(), tag.getValue())).toList())
				.register(registry))));
		return this;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.timers.forEach((timers) -> timers.accept(registry));
	}

}
