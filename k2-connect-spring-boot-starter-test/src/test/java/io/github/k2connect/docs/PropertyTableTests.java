package io.github.k2connect.docs;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.k2connect.docs.ConfigurationMetadata.Property;
import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tables of properties, which have every property with its default.
 */
class PropertyTableTests {

	@Test
	void documentsEveryPropertyWithItsDefault() {
		Map<String, String> documented = new TreeMap<>();
		Documentation.rows(Documentation.ROOT.resolve("docs/configuration.md"))
			.stream()
			.filter((row) -> row.get(0).startsWith("`k2.") && row.size() == 3)
			.forEach((row) -> documented.put(row.get(0).replace("`", ""), row.get(1).replace("`", "")));
		assertThat(documented).containsExactlyInAnyOrderEntriesOf(ConfigurationMetadata.properties()
			.stream()
			.collect(Collectors.toMap(Property::name, Property::defaultValue)));
	}

}
