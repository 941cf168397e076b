package io.github.k2connect.event;

/**
 * A customer's payment to a till was received. Several events may tell of the same
 * payment, so fulfil it by its {@linkplain #reference() reference}. Later versions may
 * have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface TillPayment extends K2Event, TillTransactionDetails
		permits BuygoodsTransactionReceived, MissedTillPayment {

}
