package io.github.k2connect.event;

/**
 * A customer's payment to a till was reversed: the money went back.
 */
public sealed interface TillReversal extends K2Event, TillTransactionDetails
		permits BuygoodsTransactionReversed, MissedTillReversal {

}
