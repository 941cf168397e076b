package io.github.k2connect.event;

import java.math.BigDecimal;
import java.util.List;

import io.github.k2connect.JsonObject;
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
	 * Copies the disbursements.
	 */
	public TransferBatch {
		disbursements = Copies.of(disbursements);
	}

	static TransferBatch from(JsonObject json) {
		return new TransferBatch(json.text("status"),
				json.objects("disbursements").stream().map(Disbursement::from).toList(), json.amount("amount"));
	}

}
