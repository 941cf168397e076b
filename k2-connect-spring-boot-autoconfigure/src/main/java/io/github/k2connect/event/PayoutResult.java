package io.github.k2connect.event;

import java.util.List;

/**
 * How money stands that goes to others or to the merchant's own accounts.
 * <p>
 * That it was processed does not mean that the money arrived: from then on the
 * {@linkplain Disbursement disbursements} decide. When the outcome is
 * {@link Outcome#FAILED}, a part of the money may have arrived all the same: look at the
 * {@linkplain #failedDisbursements() failed disbursements} before you send it again.
 */
public sealed interface PayoutResult extends K2ResultEvent
		permits PaymentResult, SettlementTransferResult, SendMoneyResult {

	/**
	 * Return the batches in which the money is sent.
	 * @return the batches, empty until they are made
	 */
	List<TransferBatch> transferBatches();

	/**
	 * Return what the status comes down to. Once the status is one of success, the
	 * disbursements of all batches decide: the outcome is {@link Outcome#PENDING} while
	 * one of them is, else {@link Outcome#FAILED} if one of them failed, else
	 * {@link Outcome#SUCCESSFUL}. A batch without disbursements counts by its own status.
	 * Without batches the status alone decides.
	 * @return the outcome
	 */
	@Override
	default Outcome outcome() {
		Outcome outcome = Outcome.of(status());
		return (outcome == Outcome.SUCCESSFUL)
				? Outcome.ofAll(transferBatches().stream().flatMap(TransferBatch::outcomes)) : outcome;
	}

	/**
	 * Return the disbursements that failed, of all batches. There may be some before the
	 * outcome is final. {@link Disbursement#errors()} tells why they failed.
	 * @return the failed disbursements, empty when there are none
	 */
	default List<Disbursement> failedDisbursements() {
		return transferBatches().stream()
			.flatMap((batch) -> batch.disbursements().stream())
			.filter((disbursement) -> disbursement.outcome() == Outcome.FAILED)
			.toList();
	}

}
