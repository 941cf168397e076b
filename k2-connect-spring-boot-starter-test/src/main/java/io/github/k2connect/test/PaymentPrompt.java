package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URI;

/**
 * Prompt on a phone that asks the customer to enter the M-PESA PIN. It is answered once.
 * A prompt that is not answered expires.
 *
 * @see SimulatedPhone#awaitPrompt(java.time.Duration)
 */
public final class PaymentPrompt {

	private static final String WRONG_PIN = "0000";

	private final Phone phone;

	private final SimulatedResource push;

	private final Runnable answered;

	PaymentPrompt(Phone phone, SimulatedResource push, Runnable answered) {
		this.phone = phone;
		this.push = push;
		this.answered = answered;
	}

	/**
	 * Return the amount that is to be paid.
	 * @return the amount
	 */
	public BigDecimal amount() {
		return new BigDecimal(this.push.request().amount("/amount/value"));
	}

	/**
	 * Return the currency of the amount.
	 * @return the currency, such as {@code KES}
	 */
	public String currency() {
		return this.push.request().text("/amount/currency", "");
	}

	/**
	 * Return the till that is to receive the payment.
	 * @return the number of the till
	 */
	public String tillNumber() {
		return this.push.request().text("/till_number", "");
	}

	/**
	 * Return who asks for the payment.
	 * @return the name of the merchant: that of the account, or {@code Duka Bora} for the
	 * default account
	 */
	public String merchant() {
		return this.push.account().merchant();
	}

	/**
	 * Enter the right PIN. The customer pays if the balance is sufficient.
	 * @throws IllegalStateException when the prompt was answered before or has expired
	 */
	public void enterPin() {
		enterPin("1234");
	}

	/**
	 * Enter a PIN. The customer pays if the balance is sufficient.
	 * @param pin four digits; {@code 0000} is wrong
	 * @throws IllegalArgumentException when it is not four digits
	 * @throws IllegalStateException when the prompt was answered before or has expired
	 */
	public void enterPin(String pin) {
		if (!pin.matches("[0-9]{4}")) {
			throw new IllegalArgumentException("A PIN has four digits");
		}
		answer(WRONG_PIN.equals(pin) ? PushAnswer.WRONG_PIN : PushAnswer.PAYS);
	}

	/**
	 * Cancel the payment.
	 * @throws IllegalStateException when the prompt was answered before or has expired
	 */
	public void cancel() {
		answer(PushAnswer.CANCELS);
	}

	/**
	 * Leave the prompt alone. It expires when its time is over, and the phone is busy
	 * until then.
	 * @throws IllegalStateException when the prompt was answered before or has expired
	 */
	public void ignore() {
		this.phone.requireShown(this);
	}

	/**
	 * Describe a push: its amount and its till.
	 */
	static String describe(ResourceRequest push) {
		return push.text("/amount/currency", "") + " " + push.amount("/amount/value") + " to till "
				+ push.text("/till_number", "");
	}

	/**
	 * Return the URL of the push.
	 */
	URI location() {
		return this.push.request().self();
	}

	private void answer(PushAnswer answer) {
		this.phone.answerShown(this, answer);
		this.answered.run();
	}

	@Override
	public String toString() {
		return describe(this.push.request());
	}

}
