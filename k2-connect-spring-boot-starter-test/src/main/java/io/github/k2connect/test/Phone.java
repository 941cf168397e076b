package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * State of a phone: what it shows, its money and its messages.
 */
final class Phone {

	private static final BigDecimal DEFAULT_BALANCE = new BigDecimal("70000");

	private static final int MAX_MESSAGES = 100;

	private static final int MAX_LENGTH = 500;

	private final String number;

	private final BooleanSupplier runsOutOfMoney;

	private final Map<URI, PushAnswer> answers = new HashMap<>();

	private final List<String> heard = new ArrayList<>();

	private final List<String> messages = new ArrayList<>();

	private boolean on = true;

	private @Nullable BigDecimal balance;

	private @Nullable PaymentPrompt prompt;

	private String tillNumber = SampleResources.TILL_NUMBER;

	/**
	 * Create a phone.
	 * @param number its number
	 * @param runsOutOfMoney whether its default balance gets lower, instead of being
	 * topped up after each payment
	 */
	Phone(String number, BooleanSupplier runsOutOfMoney) {
		this.number = number;
		this.runsOutOfMoney = runsOutOfMoney;
	}

	String number() {
		return this.number;
	}

	synchronized boolean isOn() {
		return this.on;
	}

	synchronized void on(boolean newOn) {
		this.on = newOn;
	}

	synchronized BigDecimal balance() {
		return (this.balance != null) ? this.balance : DEFAULT_BALANCE;
	}

	synchronized void balance(BigDecimal newBalance) {
		this.balance = newBalance;
	}

	/**
	 * Return the till of the latest push, or that of the sample messages.
	 */
	synchronized String tillNumber() {
		return this.tillNumber;
	}

	synchronized List<String> messages() {
		return List.copyOf(this.messages);
	}

	synchronized Optional<PaymentPrompt> prompt() {
		return Optional.ofNullable(this.prompt);
	}

	/**
	 * Return the pushes to this phone, each with its answer.
	 */
	synchronized List<String> heard() {
		return List.copyOf(this.heard);
	}

	/**
	 * Wait for a prompt.
	 * @return the prompt, empty when the phone did not ring in time
	 */
	synchronized Optional<PaymentPrompt> awaitPrompt(Duration timeout) {
		Instant end = Instant.now().plus(timeout);
		long left = timeout.toMillis();
		while (this.prompt == null && left > 0) {
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				break;
			}
			left = Duration.between(Instant.now(), end).toMillis();
		}
		return prompt();
	}

	/**
	 * Show a prompt, unless the phone is off or shows another one.
	 * @param newPrompt the prompt
	 * @param beforeRinging what to do before it is shown
	 */
	synchronized void ring(PaymentPrompt newPrompt, Runnable beforeRinging) {
		this.tillNumber = cut(newPrompt.tillNumber());
		if (!this.on || this.prompt != null) {
			answer(newPrompt, this.on ? PushAnswer.BUSY : PushAnswer.UNREACHABLE);
			return;
		}
		beforeRinging.run();
		this.prompt = newPrompt;
		add(this.heard, newPrompt + ": rings");
		notifyAll();
	}

	/**
	 * Answer the prompt that the phone shows.
	 * @throws IllegalStateException when it shows another one, or none
	 */
	synchronized void answerShown(PaymentPrompt shown, PushAnswer answer) {
		requireShown(shown);
		answer(shown, (answer != PushAnswer.PAYS || charge(shown.amount())) ? answer : PushAnswer.INSUFFICIENT_BALANCE);
		this.prompt = null;
	}

	synchronized void requireShown(PaymentPrompt shown) {
		if (this.prompt != shown) {
			throw new IllegalStateException("The phone " + this.number + " no longer shows this prompt: " + this.heard);
		}
	}

	synchronized void stopRinging() {
		this.prompt = null;
	}

	private void answer(PaymentPrompt push, PushAnswer answer) {
		this.answers.put(push.location(), answer);
		add(this.heard, push + ": " + answer);
	}

	private static void add(List<String> texts, String text) {
		if (texts.size() == MAX_MESSAGES) {
			texts.remove(0);
		}
		texts.add(cut(text));
	}

	private static String cut(String text) {
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) : text;
	}

	/**
	 * Take the money for a payment.
	 * @return whether the balance is sufficient
	 */
	synchronized boolean charge(BigDecimal amount) {
		BigDecimal left = balance().subtract(amount);
		boolean limited = this.balance != null || this.runsOutOfMoney.getAsBoolean();
		if (limited && left.signum() < 0) {
			return false;
		}
		if (limited) {
			this.balance = left;
		}
		return true;
	}

	/**
	 * Receive M-PESA's message about a payment that was charged.
	 */
	synchronized void confirm(BigDecimal amount, String tillNumber, String reference) {
		add(this.messages, "%s Confirmed. Ksh%s paid to till %s. New M-PESA balance is Ksh%s.".formatted(reference,
				text(amount), tillNumber, text(balance())));
	}

	/**
	 * Write an amount as phones show it.
	 */
	static String text(BigDecimal amount) {
		return String.format(Locale.ROOT, "%,.2f", amount);
	}

	/**
	 * Return the answer to a push that is due. If the phone still shows it, it expires.
	 * If it never showed it, the phone answers by itself.
	 */
	synchronized PushAnswer answer(ResourceRequest push) {
		this.tillNumber = cut(push.text("/till_number", ""));
		if (this.prompt != null && this.prompt.location().equals(push.self())) {
			answer(this.prompt, PushAnswer.EXPIRES);
			this.prompt = null;
		}
		PushAnswer given = this.answers.remove(push.self());
		if (given != null) {
			return given;
		}
		PushAnswer answer = PushAnswer.of(this.number)
			.filter((fixed) -> fixed != PushAnswer.PAYS)
			.orElseGet(() -> answerByItself(new BigDecimal(push.amount("/amount/value"))));
		add(this.heard, PaymentPrompt.describe(push) + ": " + answer);
		return answer;
	}

	private PushAnswer answerByItself(BigDecimal amount) {
		if (!this.on) {
			return PushAnswer.UNREACHABLE;
		}
		return charge(amount) ? PushAnswer.PAYS : PushAnswer.INSUFFICIENT_BALANCE;
	}

}
