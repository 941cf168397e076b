package io.github.k2connect;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class K2LocationTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://sandbox.kopokopo.com/api/v1/incoming_payments/247b1bd8",
			"https://sandbox.kopokopo.com/incoming_payments/247b1bd8", "http://localhost:8080/payments/247b1bd8/",
			"/api/v2/send_money/247b1bd8", "incoming_payments/247b1bd8", "247b1bd8", "/247b1bd8//",
			"https://sandbox.kopokopo.com/payments/247b1bd8?page=1#top" })
	void returnsLastSegmentOfPathAsId(String location) {
		assertThat(K2Location.id(URI.create(location))).isEqualTo("247b1bd8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://sandbox.kopokopo.com", "https://sandbox.kopokopo.com/", "/", "", "?id=1", "#id",
			"mailto:asha@duka.example" })
	void rejectsUrlWithoutPath(String location) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> K2Location.id(URI.create(location)))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("location must name a resource"));
	}

}
