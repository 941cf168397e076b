package io.github.k2connect.polling;

import java.time.OffsetDateTime;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PollingRequest}.
 */
class PollingRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> PollingRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("fromTime is required", "toTime is required", "scope is required"));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		PollingRequest.Builder builder = PollingRequest.builder()
			.fromTime(OffsetDateTime.parse("2026-03-12T00:00:00+03:00"))
			.toTime(OffsetDateTime.parse("2026-03-11T00:00:00+03:00"))
			.scope(Scope.TILL)
			.scopeReference(" ")
			.callbackUrl("ftp://secret.example");
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("fromTime must be before toTime", "scopeReference is required for a till",
						"callbackUrl must be an absolute http or https URL");
			assertThat(ex.getMessage()).doesNotContain("2026", "secret.example");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-11T12:00:00+03:00", "2026-03-11T09:00:00Z", "2026-03-11T09:30:00+00:00" })
	void comparesBeginAndEndAsInstants(OffsetDateTime toTime) {
		PollingRequest.Builder builder = valid(Scope.COMPANY)
			.fromTime(OffsetDateTime.parse("2026-03-11T12:30:00+03:00"))
			.toTime(toTime);
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("fromTime must be before toTime"));
	}

	@Test
	void acceptsLaterTimeOfDayWithEasternOffsetAsBegin() {
		OffsetDateTime fromTime = OffsetDateTime.parse("2026-03-11T11:00:00+03:00");
		OffsetDateTime toTime = OffsetDateTime.parse("2026-03-11T09:00:00Z");
		PollingRequest request = valid(Scope.COMPANY).fromTime(fromTime).toTime(toTime).build();
		assertThat(request.fromTime()).isEqualTo(fromTime);
		assertThat(request.toTime()).isEqualTo(toTime);
	}

	@Test
	void requiresReferenceForScopeTill() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> valid(Scope.TILL).build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("scopeReference is required for a till"));
	}

	@Test
	void treatsBlankReferenceOfCompanyAsMissing() {
		assertThat(valid(Scope.COMPANY).scopeReference(" ").build().scopeReference()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void keepsReferenceInEveryScope(Scope scope) {
		assertThat(valid(scope).scopeReference("K112233").build().scopeReference()).isEqualTo("K112233");
	}

	private static PollingRequest.Builder valid(Scope scope) {
		return PollingRequest.builder()
			.fromTime(OffsetDateTime.parse("2026-03-11T00:00:00+03:00"))
			.toTime(OffsetDateTime.parse("2026-03-12T00:00:00+03:00"))
			.scope(scope);
	}

}
