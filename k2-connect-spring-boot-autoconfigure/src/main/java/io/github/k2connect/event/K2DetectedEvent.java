package io.github.k2connect.event;

import org.jspecify.annotations.Nullable;

/**
 * What k2-connect has found out itself: nobody sent a message about it. It is stored in
 * the inbox, in direct mode too, and is repeated from there while listeners fail. Later
 * versions may have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface K2DetectedEvent extends K2Event
		permits UnresolvedK2Request, MissedTillPayment, MissedTillReversal {

	/**
	 * Return no body, because there was no message.
	 * @return {@code null}
	 */
	@Override
	default @Nullable String rawJson() {
		return null;
	}

}
