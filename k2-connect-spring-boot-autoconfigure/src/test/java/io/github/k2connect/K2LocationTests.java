package io.github.k2connect;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class K2LocationTests {

	private static final String URL = "https://sandbox.kopokopo.com/api/v1/incoming_payments/247b1bd8";

	@ParameterizedTest
	@ValueSource(strings = { URL, "https://sandbox.kopokopo.com/incoming_payments/247b1bd8",
			"http://localhost:8080/payments/247b1bd8/", "https://sandbox.kopokopo.com/247b1bd8//",
			"https://sandbox.kopokopo.com/payments/247b1bd8?page=1#top" })
	void returnsLastSegmentOfPathAsId(String url) {
		assertThat(K2Location.of(url).id()).isEqualTo("247b1bd8");
	}

	@Test
	void decodesId() {
		assertThat(K2Location.of("https://sandbox.kopokopo.com/payments/r%201").id()).isEqualTo("r 1");
	}

	@Test
	void keepsUrl() {
		assertThat(K2Location.of(URL)).isEqualTo(new K2Location(URI.create(URL)));
		assertThat(K2Location.of(URL).uri()).hasToString(URL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://sandbox.kopokopo.com", "https://sandbox.kopokopo.com/", "/", "", "?id=1", "#id",
			"mailto:asha@duka.example", "247b1bd8", "/api/v2/send_money/247b1bd8", "incoming_payments/247b1bd8",
			"//sandbox.kopokopo.com/payments/247b1bd8", "https://sandbox.kopokopo.com/payments/a b", "%" })
	void rejectsWhatIsNoAbsoluteUrlOfResource(String url) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> K2Location.of(url))
			.satisfies((ex) -> assertThat(ex.violations())
				.containsExactly(new Violation("location", "location must be the absolute URL of a resource")));
	}

	@Test
	void isTextInJson() {
		JsonMapper mapper = new JsonMapper();
		assertThat(mapper.writeValueAsString(K2Location.of(URL))).isEqualTo("\"" + URL + "\"");
		assertThat(mapper.readValue("\"" + URL + "\"", K2Location.class)).isEqualTo(K2Location.of(URL));
	}

}
