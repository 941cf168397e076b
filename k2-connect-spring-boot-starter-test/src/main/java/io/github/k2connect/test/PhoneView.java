package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Phone as the page draws it.
 *
 * @param number its number
 * @param on whether it is on
 * @param balance its balance
 * @param tillNumber the till at which it probably pays
 * @param answer how the number answers by itself, empty when it is not in the table of
 * outcomes
 * @param prompt what it asks, {@code null} when it does not ring
 * @param messages its messages, latest first
 * @param heard the pushes to it, latest first
 */
record PhoneView(String number, boolean on, String balance, String tillNumber, String answer,
		@Nullable PromptView prompt, List<String> messages, List<String> heard) {

	private static final List<String> KEYS = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "C", "0");

	static PhoneView of(Phone phone) {
		return new PhoneView(phone.number(), phone.isOn(), Phone.text(phone.balance()), phone.tillNumber(),
				PushAnswer.of(phone.number()).map(PushAnswer::name).orElse(""),
				phone.prompt().map(PromptView::of).orElse(null), latestFirst(phone.messages()),
				latestFirst(phone.heard()));
	}

	private static List<String> latestFirst(List<String> texts) {
		List<String> reversed = new ArrayList<>(texts);
		Collections.reverse(reversed);
		return reversed;
	}

	/**
	 * Return what identifies the phone in the page.
	 */
	String id() {
		return "phone" + this.number.replaceAll("[^0-9]", "");
	}

	/**
	 * Return the latest message, empty when there is none.
	 */
	String latest() {
		return this.messages.isEmpty() ? "" : this.messages.get(0);
	}

	int messageCount() {
		return this.messages.size();
	}

	int heardCount() {
		return this.heard.size();
	}

	List<String> keys() {
		return KEYS;
	}

	/**
	 * Prompt that a phone shows.
	 *
	 * @param push what identifies the push
	 * @param currency the currency
	 * @param amount the amount
	 * @param merchant who asks for it
	 * @param tillNumber the number of the till
	 */
	record PromptView(String push, String currency, String amount, String merchant, String tillNumber) {

		static PromptView of(PaymentPrompt prompt) {
			return new PromptView(push(prompt), prompt.currency(), Phone.text(prompt.amount()), prompt.merchant(),
					prompt.tillNumber());
		}

		static String push(PaymentPrompt prompt) {
			String location = prompt.location().getPath();
			return location.substring(location.lastIndexOf('/') + 1);
		}

	}

}
