package io.github.k2connect.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
	void listsEveryPropertyComponent() {
		Set<String> names = properties().map((property) -> property.get("name").asString()).collect(Collectors.toSet());
		assertThat(names).contains("k2.enabled", "k2.client-id", "k2.client-secret", "k2.api-key",
				"k2.previous-api-keys", "k2.base-url", "k2.api-version", "k2.callback-url", "k2.http.connect-timeout",
				"k2.http.read-timeout", "k2.http.call-timeout", "k2.http.max-attempts",
				"k2.token.refresh-before-expiry", "k2.webhook.enabled", "k2.webhook.path", "k2.webhook.max-body-size",
				"k2.webhook.max-buffered-size", "k2.webhook.read-timeout", "k2.store.type",
				"k2.store.memory.max-entries", "k2.store.retention", "k2.store.jdbc.initialize-schema",
				"k2.store.jdbc.table-prefix");
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
