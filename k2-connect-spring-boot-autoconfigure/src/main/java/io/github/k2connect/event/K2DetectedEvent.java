package io.github.k2connect.event;

/**
 * What k2-connect has found out itself: nobody sent a message about it. It is stored in
 * the inbox, in direct mode too, and is repeated from there while listeners fail.
 */
public sealed interface K2DetectedEvent extends K2Event
		permits UnresolvedK2Request, MissedTillPayment, MissedTillReversal {

}
