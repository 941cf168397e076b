package io.github.k2connect.followup;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import io.github.k2connect.K2Meter.Value;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatusRequest}.
 */
class StatusRequestTests {

	@Test
	void tellsAccountThatCannotBeLoadedFromKopoKopoThatDoesNotRespond() {
		FollowUpState state = FollowUpState.begun("tenant", "incoming_payment", Map.of(), Instant.EPOCH);
		assertThat(StatusRequest.send(state, URI.create("https://kopokopo.example/1"), (account) -> {
			throw new IllegalStateException("The vault is sealed");
		})).isEqualTo(new StatusResponse.Unavailable(Value.ACCOUNT_UNAVAILABLE, null));
	}

}
