package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * Payments at tills that no push asked for.
 */
final class TillPayments {

	private final SimulatedAccounts accounts;

	private final PayerNumbers payerNumbers;

	private final Deliveries deliveries;

	TillPayments(SimulatedAccounts accounts, PayerNumbers payerNumbers, Deliveries deliveries) {
		this.accounts = accounts;
		this.payerNumbers = payerNumbers;
		this.deliveries = deliveries;
	}

	/**
	 * Pay, and deliver the webhooks to the subscribers of the account.
	 * @return the M-PESA reference
	 * @throws IllegalArgumentException when the amount is not positive
	 * @throws IllegalStateException when the phone is off or its balance is insufficient
	 */
	String pay(String accountName, Phone phone, String tillNumber, BigDecimal amount) {
		SimulatedAccount account = this.accounts.get(accountName);
		if (amount.signum() <= 0) {
			throw new IllegalArgumentException("The amount must be positive, not " + amount);
		}
		if (!phone.isOn()) {
			throw new IllegalStateException("The phone " + phone.number() + " is off");
		}
		if (!phone.charge(amount)) {
			throw new IllegalStateException("The balance of " + phone.number() + " is " + phone.balance());
		}
		ObjectNode transaction = SampleResources.buygoodsTransaction(phone.number(), this.payerNumbers)
			.put("amount", Amounts.write(amount))
			.put("till_number", tillNumber);
		String reference = transaction.path("reference").asString();
		phone.confirm(amount, tillNumber, reference);
		TillPayment payment = TillPayment.receive(transaction, phone.number(), account.ledger());
		int generation = this.deliveries.generation();
		account.messages(payment.events()).forEach((message) -> this.deliveries.deliver(generation, List.of(message)));
		return reference;
	}

}
