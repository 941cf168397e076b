package io.github.k2connect.webhook.listener;

import java.lang.reflect.Method;
import java.util.List;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.TillTransactionDetails;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The event types of a listener method.
 *
 * @param types the types
 */
record ListenedTypes(List<Class<?>> types) {

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
	 * Return whether events of a type are events of k2-connect. A transaction of a poll
	 * is none, and has a parent in common with events.
	 */
	private static boolean isK2Event(Class<?> type) {
		return K2Event.class.isAssignableFrom(type) || type == TillTransactionDetails.class;
	}

}
