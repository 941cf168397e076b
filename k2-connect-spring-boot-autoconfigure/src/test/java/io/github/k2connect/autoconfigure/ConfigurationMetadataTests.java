package io.github.k2connect.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata, which IDEs show.
 */
class ConfigurationMetadataTests {

	private final JsonNode metadata = read();

	private static JsonNode read() {
		try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Stream<JsonNode> properties() {
		return this.metadata.get("properties").values().stream();
	}

	@Test
	void describesEveryPropertyInSentence() {
		assertThat(properties()).hasSizeGreaterThan(10)
			.allSatisfy((property) -> assertThat(property.path("description").asString())
				.as(property.get("name").asString())
				.matches("(?s)[A-Z].*\\."));
	}

	@Test
	void hintsVersionsOfApi() {
		JsonNode hint = this.metadata.get("hints")
			.values()
			.stream()
			.filter((candidate) -> candidate.get("name").asString().equals("k2.api-version"))
			.findFirst()
			.orElseThrow();
		List<String> values = hint.get("values")
			.values()
			.stream()
			.map((value) -> value.get("value").asString())
			.toList();
		assertThat(values).containsExactly("v1", "v2");
	}

}
