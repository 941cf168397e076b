package io.github.k2connect.followup;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FollowUpState}.
 */
class FollowUpStateTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	/**
	 * Return a value with which the JSON of an entry has a size.
	 */
	private static String valueOfSize(int bytes) {
		return "x".repeat(bytes - "{\"a\":\"\"}".length());
	}

	private static FollowUpState begun(Map<String, String> metadata) {
		return FollowUpState.begun("shop", "incoming_payment", metadata, NOW);
	}

	@Test
	void keepsMetadataUpToMaximumSize() {
		Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put("a", valueOfSize(1000));
		metadata.put("b", valueOfSize(1000));
		assertThat(begun(metadata).metadata()).isEqualTo(metadata);
	}

	@Test
	void leavesOutMetadataBeyondMaximumSize() {
		Map<String, String> metadata = new LinkedHashMap<>();
		metadata.put("a", valueOfSize(1001));
		metadata.put("b", valueOfSize(1000));
		metadata.put("c", valueOfSize(999));
		metadata.put("d", "");
		assertThat(begun(metadata).metadata()).containsOnlyKeys("a", "c");
	}

	@Test
	void hasKeyOfAccountTypeAndId() {
		Set<String> keys = Stream
			.of(FollowUpState.key("shop", "payment", "1"), FollowUpState.key("kiosk", "payment", "1"),
					FollowUpState.key("shop", "incoming_payment", "1"), FollowUpState.key("shop", "payment", "2"))
			.collect(Collectors.toSet());
		assertThat(keys).hasSize(4).allSatisfy((key) -> assertThat(key).hasSize(64));
		assertThat(FollowUpState.key("shop", "reversals", "1")).isEqualTo(FollowUpState.key("shop", "reversal", "1"));
	}

	@Test
	void hasNameInLog() {
		FollowUpState state = begun(Map.of());
		assertThat(state.name()).isEqualTo("incoming_payment without an id of account shop");
		assertThat(state.started(URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1")).name())
			.isEqualTo("incoming_payment p1 of account shop");
	}

}
