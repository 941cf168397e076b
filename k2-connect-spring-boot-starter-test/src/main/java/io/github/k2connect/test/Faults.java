package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are in effect. Of each kind, the first applies.
 */
final class Faults {

	private static final List<String> HIT_PATHS = List.of("/api/", "/oauth/");

	private static final List<SimulatedFault.Kind> API_KINDS = List.of(SimulatedFault.Kind.RESPONSE,
			SimulatedFault.Kind.DELAY);

	private static final List<SimulatedFault.Kind> CALLBACK_KINDS = List.of(SimulatedFault.Kind.CONTENT,
			SimulatedFault.Kind.SIGNATURE, SimulatedFault.Kind.ADDRESS, SimulatedFault.Kind.LOSS,
			SimulatedFault.Kind.LATENESS, SimulatedFault.Kind.REPETITION);

	private final SimulatedAccounts accounts;

	private final List<Injected> injected = new ArrayList<>();

	private @Nullable Message held;

	Faults(SimulatedAccounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Let a fault be in effect until {@link #heal()}.
	 */
	synchronized void inject(SimulatedFault fault) {
		this.injected.add(new Injected(fault, Injected.UNLIMITED));
	}

	/**
	 * Let a fault be in effect for the next times.
	 * @throws IllegalArgumentException when it is less than once
	 */
	synchronized void inject(SimulatedFault fault, int times) {
		if (times < 1) {
			throw new IllegalArgumentException("A fault is injected at least once, not " + times + " times");
		}
		this.injected.add(new Injected(fault, times));
	}

	/**
	 * Return the faults that are in effect, in the order in which they were injected.
	 */
	synchronized List<Injected> injected() {
		return List.copyOf(this.injected);
	}

	/**
	 * End all faults.
	 * @return the messages that were held back
	 */
	synchronized List<Message> heal() {
		List<Message> released = (this.held != null) ? List.of(this.held) : List.of();
		this.held = null;
		this.injected.clear();
		return released;
	}

	/**
	 * Wrap a response of the API in the faults that are in effect.
	 */
	Function<Request, ResponseDefinition> around(Function<Request, ResponseDefinition> response) {
		return (request) -> HIT_PATHS.stream().anyMatch(request.getUrl()::startsWith)
				? withFaults(request, response).apply(request) : response.apply(request);
	}

	private Function<Request, ResponseDefinition> withFaults(Request request,
			Function<Request, ResponseDefinition> response) {
		Function<Request, ResponseDefinition> result = response;
		for (SimulatedFault.Kind kind : API_KINDS) {
			Function<Request, ResponseDefinition> inner = result;
			result = take(kind, ApiFault.class, (fault) -> fault.concerns(request))
				.<Function<Request, ResponseDefinition>>map(
						(fault) -> (hit) -> fault.respond(hit, inner, this.accounts))
				.orElse(inner);
		}
		return result;
	}

	/**
	 * Return what is sent instead of a message.
	 * @param message the message
	 * @param current whether the message is not cancelled; {@link #heal()} waits for this
	 * method, so a cancelled message takes no later fault
	 */
	synchronized List<Message> apply(Message message, BooleanSupplier current) {
		if (!current.getAsBoolean()) {
			return List.of();
		}
		List<Message> messages = List.of(message);
		for (SimulatedFault.Kind kind : CALLBACK_KINDS) {
			Optional<CallbackFault> fault = takeFor(message, kind);
			if (fault.isPresent()) {
				messages = messages.stream().flatMap((each) -> fault.get().apply(each).stream()).toList();
			}
		}
		return inOrder(messages);
	}

	/**
	 * Hold messages back if their order is to be wrong, or let those follow that were
	 * held back.
	 */
	private List<Message> inOrder(List<Message> messages) {
		Message earlier = this.held;
		if (earlier != null) {
			this.held = null;
			List<Message> all = new ArrayList<>(messages);
			all.add(earlier);
			return all;
		}
		Message first = messages.get(0);
		if (takeFor(first, SimulatedFault.Kind.ORDER).isPresent()) {
			this.held = first;
			return messages.subList(1, messages.size());
		}
		return messages;
	}

	private Optional<CallbackFault> takeFor(Message message, SimulatedFault.Kind kind) {
		return take(kind, CallbackFault.class, (fault) -> fault.concerns(message));
	}

	private synchronized <T extends SimulatedFault> Optional<T> take(SimulatedFault.Kind kind, Class<T> type,
			Predicate<T> concerns) {
		for (int i = 0; i < this.injected.size(); i++) {
			Injected candidate = this.injected.get(i);
			if (candidate.fault().kind() == kind && type.isInstance(candidate.fault())
					&& concerns.test(type.cast(candidate.fault()))) {
				use(i);
				return Optional.of(type.cast(candidate.fault()));
			}
		}
		return Optional.empty();
	}

	private void use(int index) {
		Injected fault = this.injected.get(index);
		if (fault.times() == 1) {
			this.injected.remove(index);
		}
		else {
			this.injected.set(index, fault.usedOnce());
		}
	}

	/**
	 * Fault that is in effect.
	 *
	 * @param fault the fault
	 * @param times for how many more times, {@link #UNLIMITED} until it is ended
	 */
	record Injected(SimulatedFault fault, int times) {

		static final int UNLIMITED = Integer.MAX_VALUE;

		Injected usedOnce() {
			return (this.times == UNLIMITED) ? this : new Injected(this.fault, this.times - 1);
		}

	}

}
