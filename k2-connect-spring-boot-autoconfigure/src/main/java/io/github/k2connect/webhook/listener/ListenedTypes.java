package io.github.k2connect.webhook.listener;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import io.github.k2connect.event.B2bPayment;
import io.github.k2connect.event.CardPayment;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.TillPayment;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The event types of a listener method.
 *
 * @param types the types
 */
record ListenedTypes(List<Class<?>> types) {

	/**
	 * The interfaces of events that do not extend {@link K2Event}.
	 */
	private static final Set<Class<?>> PAYMENTS = Set.of(TillPayment.class, B2bPayment.class, CardPayment.class);

	static ListenedTypes of(Method method) {
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		if (annotation != null && annotation.classes().length > 0) {
			return new ListenedTypes(List.of(annotation.classes()));
		}
		return new ListenedTypes(
				(method.getParameterCount() == 0) ? List.of() : List.of(method.getParameterTypes()[0]));
	}

	/**
	 * Return whether the method accepts events of k2-connect.
	 */
	boolean includeK2Events() {
		return this.types.stream()
			.anyMatch((type) -> isK2Event(type) || type.isAssignableFrom(Record.class)
					|| type.isAssignableFrom(PayloadApplicationEvent.class));
	}

	/**
	 * Return whether the method accepts only events of k2-connect.
	 */
	boolean areK2Events() {
		return this.types.stream().allMatch(ListenedTypes::isK2Event);
	}

	/**
	 * Return whether events of a type are events of k2-connect.
	 */
	static boolean isK2Event(Class<?> type) {
		return K2Event.class.isAssignableFrom(type) || TillPayment.class.isAssignableFrom(type)
				|| PAYMENTS.contains(type);
	}

}
