package io.github.k2connect.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param baseUrl the origin of the simulator
 * @param callbackOrigin where the application listens, empty when callback URLs are used
 * as they are given
 * @param accounts the names of the accounts
 * @param notice what the last action has done, {@code null} before the first one
 * @param rings whether phones ring until they are answered
 * @param phones the phones
 * @param inEffect the faults that are in effect
 * @param editor the message that is to be sent
 * @param journal the journal
 */
record PageView(String baseUrl, String callbackOrigin, List<String> accounts, @Nullable Notice notice, boolean rings,
		List<PhoneView> phones, List<String> inEffect, MessageEditor editor, JournalView journal) {

	/**
	 * Describe a fault that is in effect.
	 */
	static String inEffect(Faults.Injected injected) {
		return injected.fault() + switch (injected.times()) {
			case Faults.Injected.UNLIMITED -> ", until it is ended";
			case 1 -> ", once";
			default -> ", for the next " + injected.times() + " times";
		};
	}

	boolean hasAccounts() {
		return this.accounts.size() > 1;
	}

	FaultChoice[] faults() {
		return FaultChoice.values();
	}

	/**
	 * What an action has done.
	 *
	 * @param number the number of the action
	 * @param text the text
	 * @param failed whether it has failed
	 */
	record Notice(int number, String text, boolean failed) {

	}

}
