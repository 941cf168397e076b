package io.github.k2connect.test;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tables of the simulator's page, which have every option and every phone
 * number.
 */
class StandaloneOptionTests {

	private static final Path PAGE = Documentation.ROOT.resolve("docs/simulator.md");

	@Test
	void documentsEveryOption() {
		assertThat(Documentation.table(PAGE, "option"))
			.isEqualTo(Arrays.stream(StandaloneOption.values()).map(StandaloneOptionTests::row).toList());
	}

	private static List<String> row(StandaloneOption option) {
		return List.of(code(option.usage()), option.defaultValue().isEmpty() ? "" : code(option.defaultValue()),
				option.description());
	}

	private static String code(String text) {
		return "`" + text + "`";
	}

	@Test
	void documentsEveryPhoneNumber() {
		assertThat(Documentation.table(PAGE, "phone number")).map((row) -> row.get(0).replaceAll(",.*", ""))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(SimulatedPhoneNumber.class.getFields())
				.map(StandaloneOptionTests::number)
				.map((number) -> code(number.replace("+254", "0")))
				.toList());
	}

	private static String number(Field field) {
		return String.valueOf(ReflectionUtils.getField(field, null));
	}

}
