package io.github.k2connect.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of the configuration properties of k2-connect.
 */
final class ConfigurationMetadata {

	private ConfigurationMetadata() {
	}

	static List<Property> properties() {
		List<Property> properties = new ArrayList<>();
		try {
			for (URL url : Collections.list(ConfigurationMetadata.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream metadata = url.openStream()) {
					JsonMapper.shared()
						.readTree(metadata)
						.path("properties")
						.valueStream()
						.map(Property::of)
						.filter((property) -> property.name().startsWith("k2."))
						.forEach(properties::add);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	/**
	 * A property.
	 *
	 * @param defaultValue the default, empty if there is none
	 */
	record Property(String name, String type, String defaultValue, String description) {

		private static Property of(JsonNode json) {
			return new Property(json.path("name").asString(), json.path("type").asString(""),
					json.path("defaultValue").asString(""), json.path("description").asString(""));
		}

	}

}
