package io.github.k2connect.test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Phone of a customer. In an {@linkplain K2Simulator.Builder#interactive() interactive}
 * simulator it rings when a push asks for a payment.
 *
 * @see K2Simulator#phone(String)
 */
public final class SimulatedPhone {

	private final String number;

	private final Phones phones;

	private final TillPayments tillPayments;

	SimulatedPhone(String number, Phones phones, TillPayments tillPayments) {
		this.number = PhoneNumbers.international(number);
		this.phones = phones;
		this.tillPayments = tillPayments;
	}

	/**
	 * Return the number of the phone.
	 * @return the number, such as {@code +254712345678}
	 */
	public String number() {
		return this.number;
	}

	/**
	 * Return the prompt that the phone shows.
	 * @return the prompt, empty when the phone does not ring
	 */
	public Optional<PaymentPrompt> prompt() {
		return phone().prompt();
	}

	/**
	 * Wait until the phone rings.
	 * @param timeout how long to wait
	 * @return the prompt that the phone shows
	 * @throws AssertionError when the phone does not ring in time
	 */
	public PaymentPrompt awaitPrompt(Duration timeout) {
		return phone().awaitPrompt(timeout).orElseThrow(() -> new AssertionError(silence(timeout)));
	}

	private String silence(Duration timeout) {
		return "The phone %s did not ring within %s. It is %s. Pushes to it: %s. Pushes to other phones: %s.%s"
			.formatted(this.number, timeout, phone().isOn() ? "on" : "off", phone().heard(), heardByOthers(),
					this.phones.isInteractive() ? "" : " The simulator is not interactive.");
	}

	private List<String> heardByOthers() {
		return this.phones.all()
			.stream()
			.filter((other) -> !other.number().equals(this.number) && !other.heard().isEmpty())
			.map((other) -> other.number() + " " + other.heard())
			.toList();
	}

	/**
	 * Switch the phone off. A push to it fails, until {@link #switchOn()}.
	 */
	public void switchOff() {
		phone().on(false);
	}

	/**
	 * Switch the phone on, which it is at first.
	 */
	public void switchOn() {
		phone().on(true);
	}

	/**
	 * Set the balance. From then on it gets lower with each payment.
	 * @param balance the balance in Kenyan shillings; by default 70,000, which is topped
	 * up after each payment unless the simulator is interactive
	 */
	public void balance(BigDecimal balance) {
		phone().balance(balance);
	}

	/**
	 * Return the balance.
	 * @return the balance in Kenyan shillings
	 */
	public BigDecimal balance() {
		return phone().balance();
	}

	/**
	 * Return the messages that M-PESA sent about payments, each with its M-PESA
	 * reference.
	 * @return the latest messages, oldest first
	 */
	public List<String> messages() {
		return phone().messages();
	}

	/**
	 * Pay at a till of the default account, without a push. The payment can be polled and
	 * reversed at once, and its webhook is delivered to subscribers.
	 * @param tillNumber the number of the till
	 * @param amount the amount in Kenyan shillings
	 * @return the M-PESA reference
	 * @throws IllegalArgumentException when the amount is not positive
	 * @throws IllegalStateException when the phone is off or its balance is insufficient
	 */
	public String payTill(String tillNumber, BigDecimal amount) {
		return payTill(SimulatedAccount.DEFAULT_NAME, tillNumber, amount);
	}

	/**
	 * Pay at a till of an account, without a push. The payment can be polled and reversed
	 * at once, and its webhook is delivered to subscribers.
	 * @param account the name of the account
	 * @param tillNumber the number of the till
	 * @param amount the amount in Kenyan shillings
	 * @return the M-PESA reference
	 * @throws IllegalArgumentException when there is no such account, or the amount is
	 * not positive
	 * @throws IllegalStateException when the phone is off or its balance is insufficient
	 */
	public String payTill(String account, String tillNumber, BigDecimal amount) {
		return this.tillPayments.pay(account, phone(), tillNumber, amount);
	}

	private Phone phone() {
		return this.phones.get(this.number);
	}

	@Override
	public String toString() {
		return "SimulatedPhone[" + this.number + "]";
	}

}
