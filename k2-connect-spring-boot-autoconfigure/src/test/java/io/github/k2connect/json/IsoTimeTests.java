package io.github.k2connect.json;

import java.time.DateTimeException;
import java.time.OffsetDateTime;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IsoTime}, which parses the same texts as the JDK.
 */
class IsoTimeTests {

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-02T09:15:31+03:00", "2026-03-02T09:15:31Z", "2026-03-02T09:15:31.250+03:00",
			"2026-03-02T09:15:31.2Z", "2026-03-02T09:15:31.000000001Z", "2026-03-02T09:15:31.123456789-05:30",
			"2026-03-02T09:15:31.Z", "2024-02-29T23:59:59+18:00", "0000-01-01T00:00:00-18:00",
			"2026-03-02T09:15:31+00:00", "2026-03-02T09:15:31-00:00", "2026-03-02T09:15+03:00", "2026-03-02t09:15:31z",
			"2026-03-02T09:15:31+03:00:15", "+12026-03-02T09:15:31Z", "-0001-03-02T09:15:31Z" })
	void parsesTimeAndKeepsOffset(String text) {
		assertThat(IsoTime.parse(text).equals(OffsetDateTime.parse(text))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Z", "yesterday", "2026-03-02", "2026-03-02T09:15:31", "2026-03-02 09:15:31+03:00",
			"2026-02-30T09:15:31Z", "2025-02-29T09:15:31Z", "2026-13-02T09:15:31Z", "2026-00-02T09:15:31Z",
			"2026-03-00T09:15:31Z", "2026-03-02T24:00:00Z", "2026-03-02T09:60:31Z", "2026-03-02T09:15:60Z",
			"2026-03-02T09:15:31.1234567890Z", "2026-03-02T09:15:31..1Z", "2026-03-02T09:15:31,5Z",
			"2026-03-02T09:15:31.5", "2026-03-02T09:15:31+3:00", "2026-03-02T09:15:31+19:00",
			"2026-03-02T09:15:31+03:60", "2026-03-02T09:15:31+0a:00", "2026-03-02T09:15:31 03:00",
			"2026-03-02T09:15:31+03.00", "2026-03-02T09:15:31+03:0", "2026-03-02T09:15:31X", "2026-03-02T09:15:31Z ",
			"٢٠٢٦-03-02T09:15:31Z", "2026-03-02T09:15:31Z[Africa/Nairobi]" })
	void rejectsInvalidTime(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> OffsetDateTime.parse(text));
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> IsoTime.parse(text));
	}

}
