package io.github.k2connect.event;

/**
 * A customer's payment to a till was reversed: the money went back. Later versions may
 * have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface TillReversal extends K2Event, TillTransactionDetails
		permits BuygoodsTransactionReversed, MissedTillReversal {

}
