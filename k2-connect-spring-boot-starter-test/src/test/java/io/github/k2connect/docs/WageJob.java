package io.github.k2connect.docs;

import java.util.ArrayList;
import java.util.List;

import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2Location;
import io.github.k2connect.event.SendMoneyResult;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SendMoneyService;

import org.springframework.context.event.EventListener;

/**
 * A job in the documentation that pays wages, and may run twice.
 */
class WageJob {

	private final SendMoneyService sendMoney;

	private final K2IdempotencyKeys keys;

	private final List<String> forAPerson = new ArrayList<>();

	WageJob(SendMoneyService sendMoney, K2IdempotencyKeys keys) {
		this.sendMoney = sendMoney;
		this.keys = keys;
	}

	void run(List<Wage> wages) {
		for (Wage wage : wages) {
			try {
				pay(wage);
			}
			catch (K2DuplicateRequestException ex) {
				this.forAPerson.add(ex.idempotencyKey());
			}
			catch (K2Exception ex) {
				tryAgainWithTheNextRun(wage, ex);
			}
		}
	}

	private K2Location pay(Wage wage) {
		return this.sendMoney.sendMoney(SendMoneyRequest.builder()
			.destination(Destination.mobileWallet()
				.phoneNumber(wage.phoneNumber())
				.network("Safaricom")
				.amount(wage.amount())
				.description("Wage " + wage.month())
				.build())
			.metadata("wage", wage.id())
			.idempotencyKey(wage.id())
			.build());
	}

	@EventListener
	void on(SendMoneyResult result) {
		String wageId = result.metadata().get("wage");
		if (wageId != null && result.linkSelf() != null) {
			this.keys.resolve(wageId, new K2Location(result.linkSelf()));
		}
	}

	private void tryAgainWithTheNextRun(Wage wage, K2Exception ex) {
		List.of(wage, ex);
	}

	List<String> forAPerson() {
		return this.forAPerson;
	}

	/**
	 * A wage.
	 *
	 * @param id the id, for example {@code wage-2026-03-0017}
	 * @param phoneNumber the number of the employee
	 * @param amount the amount in shillings
	 * @param month the month
	 */
	record Wage(String id, String phoneNumber, long amount, String month) {

	}

}
