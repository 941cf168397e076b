package io.github.k2connect.webhook.listener;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.event.B2bEvent;
import io.github.k2connect.event.CardEvent;
import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.TillPayment;
import io.github.k2connect.event.TillReversal;
import io.github.k2connect.event.TillTransactionDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListenedTypes}.
 */
class ListenedTypesTests {

	static Stream<Class<?>> typesOfEvents() {
		return subtypes(K2Event.class).flatMap(ListenedTypesTests::supertypes).distinct();
	}

	private static Stream<Class<?>> subtypes(Class<?> type) {
		return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ListenedTypesTests::subtypes)
				: Stream.of(type);
	}

	private static Stream<Class<?>> supertypes(Class<?> type) {
		return Stream.concat(Stream.of(type, Record.class, Object.class),
				Arrays.stream(type.getInterfaces()).flatMap(ListenedTypesTests::supertypes));
	}

	@ParameterizedTest
	@MethodSource("typesOfEvents")
	void includesEventsForEveryTypeOfEvent(Class<?> type) {
		assertThat(new ListenedTypes(List.of(type)).includeK2Events()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { K2Event.class, K2DetectedEvent.class, TillPayment.class, TillReversal.class,
			TillTransactionDetails.class, B2bEvent.class, CardEvent.class })
	void areOnlyEventsForTypesOfMessages(Class<?> type) {
		assertThat(new ListenedTypes(List.of(type)).areK2Events()).isTrue();
	}

	@Test
	void includesNoEventsForTypesOfApplication() {
		ListenedTypes types = new ListenedTypes(List.of(String.class, Runnable.class));
		assertThat(types.includeK2Events()).isFalse();
		assertThat(types.areK2Events()).isFalse();
	}

}
