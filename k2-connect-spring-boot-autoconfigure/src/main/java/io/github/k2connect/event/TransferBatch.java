package io.github.k2connect.event;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Disbursements that are made together.
 *
 * @param status the batch's status
 * @param disbursements the disbursements
 * @param amount the amount of all of them
 */
public record TransferBatch(@Nullable String status, List<Disbursement> disbursements, @Nullable BigDecimal amount) {

	/**
	 * Create a new batch, with a copy of the disbursements.
	 */
	public TransferBatch {
		disbursements = ImmutableCopies.of(disbursements);
	}

	/**
	 * Return the outcomes that count for the result: those of the disbursements, or that
	 * of the batch when it has none.
	 */
	Stream<Outcome> outcomes() {
		return this.disbursements.isEmpty() ? Stream.of(Outcome.of(this.status))
				: this.disbursements.stream().map(Disbursement::outcome);
	}

	static TransferBatch from(JsonObject json) {
		return new TransferBatch(json.text("status"),
				json.objects("disbursements").stream().map(Disbursement::from).toList(), json.amount("amount"));
	}

}
