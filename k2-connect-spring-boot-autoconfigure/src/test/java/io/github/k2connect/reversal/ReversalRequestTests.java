package io.github.k2connect.reversal;

import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReversalRequest}.
 */
class ReversalRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> ReversalRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("transactionReference is required", "reason is required"));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		ReversalRequest.Builder builder = ReversalRequest.builder()
			.transactionReference("\t")
			.reason(" ")
			.callbackUrl("/secret-path")
			.metadata(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5"))
			.metadata("f", "wairimu");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("transactionReference is required", "reason is required",
						"callbackUrl must be an absolute http or https URL", "metadata must have at most 5 entries");
			assertThat(ex.getMessage()).doesNotContain("secret-path", "wairimu");
		});
	}

}
