package io.github.k2connect.event;

import java.util.List;

/**
 * The status of money that goes to others or to the merchant's own accounts.
 * <p>
 * A processed request does not mean that the money arrived: the {@linkplain Disbursement
 * disbursements} determine the outcome. {@link #isFailed()} means that money did not
 * arrive. A part of it may still have arrived: check the
 * {@linkplain #failedDisbursements() failed disbursements} before you send money again.
 * Later versions may have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface PayoutResult extends K2ResultEvent
		permits PaymentResult, SettlementTransferResult, SendMoneyResult {

	/**
	 * Return the batches in which the money is sent.
	 * @return the batches, empty until they are created
	 */
	List<TransferBatch> transferBatches();

	/**
	 * Return the outcome that the status means. If the status is a success, the
	 * disbursements of all batches determine the outcome: {@link Outcome#PENDING} if one
	 * of them is pending, else {@link Outcome#FAILED} if one of them failed, else
	 * {@link Outcome#SUCCESSFUL}. For a batch without disbursements, the status of the
	 * batch is used. Without batches, only the status of the request is used.
	 * @return the outcome
	 */
	@Override
	default Outcome outcome() {
		Outcome outcome = Outcome.of(status());
		return (outcome == Outcome.SUCCESSFUL)
				? Outcome.ofAll(transferBatches().stream().flatMap(TransferBatch::outcomes)) : outcome;
	}

	/**
	 * Return the disbursements that failed, of all batches. The list may grow until the
	 * outcome is final. {@link Disbursement#errors()} has the reasons.
	 * <p>
	 * An empty list does not mean that the money arrived: a payout or a batch may fail
	 * before it has disbursements. Check {@link #isFailed()} first.
	 * @return the failed disbursements, empty if no single disbursement failed
	 */
	default List<Disbursement> failedDisbursements() {
		return transferBatches().stream()
			.flatMap((batch) -> batch.disbursements().stream())
			.filter((disbursement) -> disbursement.outcome() == Outcome.FAILED)
			.toList();
	}

}
