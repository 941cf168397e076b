package io.github.k2connect.sendmoney;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SendMoneyRequest}. Without a destination it would sweep the whole
 * balance.
 */
class SendMoneyRequestTests {

	private static final Destination RENT = Destination.till()
		.tillNumber("K112233")
		.amount(1)
		.description("Rent")
		.build();

	@Test
	@SuppressWarnings("NullAway") // as from code that does not check nullness
	void requiresDestination() {
		assertRefused(SendMoneyRequest.builder(), "destinations must have at least one entry");
		assertRefused(SendMoneyRequest.builder().destination(RENT).destinations(List.of()),
				"destinations must have at least one entry");
		assertRefused(SendMoneyRequest.builder().destination(RENT).destinations(null),
				"destinations must have at least one entry");
	}

	@Test
	@SuppressWarnings("NullAway") // as from code that does not check nullness
	void rejectsNullDestination() {
		assertRefused(SendMoneyRequest.builder().destination(null), "destinations must not have a null entry");
		assertRefused(SendMoneyRequest.builder().destinations(Arrays.asList(RENT, null)),
				"destinations must not have a null entry");
	}

	@Test
	@SuppressWarnings("NullAway") // as from code that does not check nullness
	void validatesRecordLikeBuilder() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new SendMoneyRequest(null, null, "KES", null, Map.of(), null, Map.of()))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("destinations must have at least one entry"));
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new SendMoneyRequest(List.of(), null, "KES", null, Map.of(), null, Map.of()));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		SendMoneyRequest.Builder builder = SendMoneyRequest.builder()
			.currency("USD")
			.callbackUrl(URI.create("ftp://secret.example"))
			.metadata(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "wairimu"));
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("destinations must have at least one entry", "currency must be KES",
						"callbackUrl must be an absolute http or https URL", "metadata must have at most 5 entries");
			assertThat(ex.getMessage()).doesNotContain("USD", "secret.example", "wairimu");
		});
	}

	@Test
	void copiesDestinations() {
		List<Destination> destinations = new ArrayList<>(List.of(RENT));
		SendMoneyRequest.Builder builder = SendMoneyRequest.builder().destinations(destinations);
		SendMoneyRequest request = builder.build();
		SendMoneyRequest record = new SendMoneyRequest(destinations, null, "KES", null, Map.of(), null, Map.of());
		destinations.clear();
		builder.destination(RENT);
		assertThat(request.destinations()).containsExactly(RENT);
		assertThat(record.destinations()).containsExactly(RENT);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> request.destinations().clear());
	}

	@Test
	void reportsAllInvalidPropertiesOfSweep() {
		SweepRequest.Builder builder = SweepRequest.builder()
			.currency("USD")
			.callbackUrl("ftp://secret.example")
			.metadata(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "wairimu"));
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("currency must be KES", "callbackUrl must be an absolute http or https URL",
						"metadata must have at most 5 entries");
			assertThat(ex.getMessage()).doesNotContain("USD", "secret.example", "wairimu");
		});
	}

	private static void assertRefused(SendMoneyRequest.Builder builder, String violation) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message).containsExactly(violation));
	}

}
