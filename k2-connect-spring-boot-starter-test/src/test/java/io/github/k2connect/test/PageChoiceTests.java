package io.github.k2connect.test;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleMessage} and {@link FaultChoice}: the page has everything that
 * code has.
 */
class PageChoiceTests {

	@Test
	void everyMessageIsOnPage() {
		assertThat(SampleMessage.values()).extracting(SampleMessage::id)
			.containsExactlyInAnyOrderElementsOf(Stream.of(SimulatedWebhook.class, SimulatedResult.class)
				.flatMap((type) -> factories(type).filter((method) -> method.getParameterCount() == 0))
				.map(PageChoiceTests::id)
				.toList());
	}

	@Test
	void everyFaultIsOnPage() {
		List<String> faults = factories(SimulatedFault.class).map(PageChoiceTests::id)
			.filter((id) -> !id.equals("status"))
			.toList();
		assertThat(FaultChoice.values()).extracting(FaultChoice::id)
			.contains("internal_server_error", "service_unavailable")
			.containsAll(faults)
			.hasSize(faults.size() + 2);
	}

	private static Stream<Method> factories(Class<?> type) {
		return Arrays.stream(type.getDeclaredMethods())
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
			.filter((method) -> method.getReturnType() == type);
	}

	private static String id(Method method) {
		return method.getName().replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
	}

}
