package io.github.k2connect.webhook.reception;

import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.k2connect.event.K2Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.util.ClassUtils;

/**
 * Sets the account and the id of an event in the logging context (MDC) of this thread
 * while the event is handled. Does nothing without SLF4J.
 */
final class LoggingContext {

	static final String ACCOUNT = "k2.account";

	static final String EVENT_ID = "k2.event.id";

	private static final boolean SLF4J = ClassUtils.isPresent("org.slf4j.MDC", LoggingContext.class.getClassLoader());

	private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

	private LoggingContext() {
	}

	/**
	 * Handle an event. Afterwards the context has its previous values.
	 * @param <T> the type of the result
	 * @param event the event
	 * @param handling handles it
	 * @return the result
	 */
	static <T> T with(K2Event event, Supplier<T> handling) {
		if (!SLF4J) {
			return handling.get();
		}
		String account = MDC.get(ACCOUNT);
		String id = MDC.get(EVENT_ID);
		MDC.put(ACCOUNT, event.account());
		MDC.put(EVENT_ID, CONTROL_CHARACTERS.matcher(event.id()).replaceAll("?"));
		try {
			return handling.get();
		}
		finally {
			restore(ACCOUNT, account);
			restore(EVENT_ID, id);
		}
	}

	private static void restore(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
