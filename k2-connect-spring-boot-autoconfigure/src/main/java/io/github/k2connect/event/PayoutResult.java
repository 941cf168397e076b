package io.github.k2connect.event;

import java.util.List;

/**
 * The status of money that goes to others or to the merchant's own accounts.
 * <p>
 * A processed request does not mean that the money arrived: once it is processed, the
 * {@linkplain Disbursement disbursements} decide. Even when the outcome is
 * {@link Outcome#FAILED}, a part of the money may have arrived: look at the
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
	 * Return the outcome that the status stands for. Once the status is one of success,
	 * the disbursements of all batches decide: the outcome is {@link Outcome#PENDING}
	 * while one of them is pending, then {@link Outcome#FAILED} if one of them failed,
	 * and otherwise {@link Outcome#SUCCESSFUL}. A batch without disbursements counts by
	 * its own status. Without batches the status alone decides.
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
