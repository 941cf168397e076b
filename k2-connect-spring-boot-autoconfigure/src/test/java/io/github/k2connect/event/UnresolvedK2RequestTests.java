package io.github.k2connect.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k2connect.K2Location;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UnresolvedK2Request}.
 */
class UnresolvedK2RequestTests {

	@Test
	void keepsCopyOfMetadataInItsOrder() {
		Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put("order", "17");
		metadata.put("branch", "east");
		UnresolvedK2Request request = new UnresolvedK2Request("shop", "incoming_payment", "p1",
				K2Location.of("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1"), Instant.EPOCH, metadata);
		metadata.clear();
		assertThat(request.metadata()).containsExactly(Map.entry("order", "17"), Map.entry("branch", "east"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> request.metadata().clear());
	}

	@Test
	void readsJsonOfEarlierVersionWithoutMetadata() {
		UnresolvedK2Request request = JsonMapper.builder().build().readValue("""
				{"account": "shop", "type": "incoming_payment", "id": "begun-1", "location": null,
				"startedAt": "2026-03-11T05:00:00Z"}""", UnresolvedK2Request.class);
		assertThat(request.metadata()).isEmpty();
		assertThat(request.startedAt()).isEqualTo("2026-03-11T05:00:00Z");
	}

}
