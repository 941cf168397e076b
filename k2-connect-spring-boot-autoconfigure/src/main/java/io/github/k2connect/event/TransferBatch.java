package io.github.k2connect.event;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A batch of disbursements.
 *
 * @param status the batch's status
 * @param disbursements the disbursements
 * @param amount the total amount
 */
public record TransferBatch(@Nullable String status, List<Disbursement> disbursements, @Nullable BigDecimal amount) {

	/**
	 * Create a new batch, with a copy of the disbursements.
	 */
	public TransferBatch {
		disbursements = ImmutableCopies.of(disbursements);
	}

	/**
	 * Return the outcomes of the disbursements, or the outcome of the batch if it has
	 * none.
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
