package io.github.k2connect.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the tables of properties, which have every property with its default.
 */
class PropertyTableTests {

	@Test
	void documentsEveryPropertyWithItsDefault() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		Documentation.rows(Documentation.ROOT.resolve("docs/configuration.md"))
			.stream()
			.filter((row) -> row.get(0).startsWith("`k2.") && row.size() == 3)
			.forEach((row) -> documented.put(row.get(0).replace("`", ""), row.get(1).replace("`", "")));
		assertThat(documented).isEqualTo(properties());
	}

	private static Map<String, String> properties() throws IOException {
		Map<String, String> properties = new TreeMap<>();
		for (URL url : Collections.list(PropertyTableTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream metadata = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties").values()) {
					String name = property.path("name").asString();
					if (name.startsWith("k2.")) {
						properties.put(name, property.path("defaultValue").asString(""));
					}
				}
			}
		}
		return properties;
	}

}
