package io.github.k2connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the table of packages in the contributors' guide.
 */
class PackageTableTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| (root|`[a-z].*?) \\| .* \\| (.*) \\|$");

	@Test
	void documentsPackagesAsEnforced() throws IOException {
		String guide = Files.readString(Path.of("..", ".github", "CONTRIBUTING.md"));
		String table = guide.substring(guide.indexOf("| package | purpose | may use |"),
				guide.indexOf("The auto-configuration of a package"));
		Map<String, Set<String>> documented = new TreeMap<>();
		ROW.matcher(table)
			.results()
			.forEach((row) -> names(row.group(1))
				.forEach((name) -> documented.put(name, names(row.group(2)).collect(Collectors.toSet()))));
		for (String overview : List.of("autoconfigure", "autoconfigure.actuate")) {
			assertThat(documented.remove(overview)).containsExactly("everything");
		}
		assertThat(documented).isEqualTo(new TreeMap<>(ArchitectureTests.MAY_USE));
	}

	private static Stream<String> names(String cell) {
		return cell.equals("nothing") ? Stream.empty()
				: Stream.of(cell.replace("`", "").split(", ")).map((name) -> name.equals("root") ? "" : name);
	}

}
