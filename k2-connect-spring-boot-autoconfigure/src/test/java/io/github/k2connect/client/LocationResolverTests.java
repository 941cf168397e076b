package io.github.k2connect.client;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocationResolver}.
 */
class LocationResolverTests {

	private static final String RESOLVED = "https://sandbox.kopokopo.com/api/v1/incoming_payments/247b1bd8";

	private final LocationResolver locations = new LocationResolver(K2ClientSettings.of(K2ClientSettings.SANDBOX));

	@ParameterizedTest
	@ValueSource(strings = { RESOLVED, RESOLVED + "/", RESOLVED + "#fragment",
			"https://SANDBOX.kopokopo.com/api/v1/incoming_payments/247b1bd8",
			"https://sandbox.kopokopo.com:443/api/v1/incoming_payments/247b1bd8",
			"http://sandbox.kopokopo.com/api/v1/incoming_payments/247b1bd8",
			"http://sandbox.kopokopo.com:80/api/v1/incoming_payments/247b1bd8",
			"https://sandbox.kopokopo.com/incoming_payments/247b1bd8", "/api/v1/incoming_payments/247b1bd8",
			"api/v1/incoming_payments/247b1bd8", "/incoming_payments/247b1bd8", "incoming_payments/247b1bd8",
			"https://sandbox.kopokopo.com/API/V1/incoming_payments/247b1bd8", "/API/V1/incoming_payments/247b1bd8",
			"Api/v1/incoming_payments/247b1bd8", "/api/V1/incoming_payments/247b1bd8/" })
	void resolvesAllNotationsToSameResource(URI location) {
		assertThat(this.locations.resolve(location, ApiVersion.V1).uri()).isEqualTo(URI.create(RESOLVED));
	}

	@Test
	void keepsVersionOfLocation() {
		assertThat(this.locations.resolve(URI.create("/api/v2/reversals/1"), ApiVersion.V1).uri())
			.isEqualTo(URI.create("https://sandbox.kopokopo.com/api/v2/reversals/1"));
	}

	@Test
	void keepsEncodedIdAndQuery() {
		LocationResolver.Resource resource = this.locations.resolve(URI.create("/incoming_payments/a%20b?view=full"),
				ApiVersion.V1);
		assertThat(resource.uri())
			.isEqualTo(URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/a%20b?view=full"));
		assertThat(resource.template()).isEqualTo("/api/v1/incoming_payments/{id}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/api/v1/incoming_payments/1",
			"https://sandbox.kopokopo.com.evil.example/api/v1/incoming_payments/1",
			"https://sandbox.kopokopo.com@evil.example/api/v1/incoming_payments/1",
			"https://user@sandbox.kopokopo.com/api/v1/incoming_payments/1",
			"https://user:password@sandbox.kopokopo.com/api/v1/incoming_payments/1",
			"https://sandbox.kopokopo.com:8443/api/v1/incoming_payments/1",
			"http://sandbox.kopokopo.com:8080/api/v1/incoming_payments/1", "//evil.example/api/v1/incoming_payments/1",
			"//sandbox.kopokopo.com/api/v1/incoming_payments/1",
			"ftp://sandbox.kopokopo.com/api/v1/incoming_payments/1", "file:///api/v1/incoming_payments/1",
			"https:/api/v1/incoming_payments/1", "https:incoming_payments/1", "mailto:support@kopokopo.com",
			"https://evil_host/api/v1/incoming_payments/1" })
	void rejectsLocationOfAnotherOrigin(URI location) {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.locations.resolve(location, ApiVersion.V1))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("location must be at the origin of the base URL"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "incoming_payments", "/api/v1/incoming_payments", "/api/v1/", "/api/v1",
			"/API/V1/incoming_payments", "/API/V1", "/incoming_payments/..", "/incoming_payments/../oauth/token",
			"/incoming_payments/%2e%2E/token", "/incoming_payments/./1", "/incoming_payments//1" })
	void rejectsLocationWithoutResource(URI location) {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.locations.resolve(location, ApiVersion.V1))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("location must name a resource"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "247b1bd8", RESOLVED, "https://sandbox.kopokopo.com/incoming_payments/247b1bd8",
			"/api/v1/incoming_payments/247b1bd8", "/incoming_payments/247b1bd8/" })
	void resolvesWhatApplicationsStore(String location) {
		assertThat(this.locations.resolve("incoming_payments", location, ApiVersion.V1).uri())
			.isEqualTo(URI.create(RESOLVED));
	}

	@ParameterizedTest
	@CsvSource({ "a b?c=1#d, a%20b%3Fc=1%23d", "%2e%2e, %252e%252e",
			"mailto:asha@duka.example, mailto:asha@duka.example" })
	void encodesId(String id, String encoded) {
		assertThat(this.locations.resolve("payments", id, ApiVersion.V2).uri())
			.isEqualTo(URI.create("https://sandbox.kopokopo.com/api/v2/payments/" + encoded));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "incoming_payments/247b1bd8", "api/v1/incoming_payments/247b1bd8", "/a b/1", "./1" })
	void rejectsTextThatIsNoLocation(String location) {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.locations.resolve("incoming_payments", location, ApiVersion.V1))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("location must be an id, a URL, or a path that begins with a slash"));
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:8090, http://localhost:8090/api/v1/polling/1, true",
			"http://localhost:8090, https://localhost:8090/api/v1/polling/1, false",
			"http://localhost:8090, http://localhost:8091/api/v1/polling/1, false",
			"http://localhost:8090, http://localhost/api/v1/polling/1, false",
			"https://gateway.example:8443, http://gateway.example:8443/api/v1/polling/1, true",
			"https://gateway.example:8443, https://gateway.example/api/v1/polling/1, false",
			"https://gateway.example:8443, http://gateway.example/api/v1/polling/1, false" })
	void comparesPortOfOrigin(URI baseUrl, URI location, boolean accepted) {
		LocationResolver here = new LocationResolver(K2ClientSettings.of(baseUrl));
		if (accepted) {
			assertThat(here.resolve(location, ApiVersion.V1).uri())
				.isEqualTo(URI.create(baseUrl + "/api/v1/polling/1"));
		}
		else {
			assertThatExceptionOfType(InvalidK2RequestException.class)
				.isThrownBy(() -> here.resolve(location, ApiVersion.V1));
		}
	}

}
