package io.github.k2connect.platform;

import io.github.k2connect.K2Location;
import io.github.k2connect.account.K2Account;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

@Service
class Rents {

	private final K2Accounts accounts;

	private final Merchants merchants;

	private final JdbcClient jdbc;

	Rents(K2Accounts accounts, Merchants merchants, JdbcClient jdbc) {
		this.accounts = accounts;
		this.merchants = merchants;
		this.jdbc = jdbc;
	}

	K2Location ask(String merchant, String tenantPhoneNumber, long shillings) {
		K2Account account = this.accounts.get(merchant);
		return account.stk()
			.initiateIncomingPayment(StkPushRequest.builder()
				.tillNumber(this.merchants.tillNumber(merchant))
				.phoneNumber(tenantPhoneNumber)
				.amount(shillings)
				.build());
	}

	@EventListener(condition = "#result.successful")
	void on(StkPushResult result) {
		this.jdbc.sql("INSERT INTO rent (merchant, reference, amount) VALUES (?, ?, ?)")
			.param(result.account())
			.param(result.reference())
			.param(result.amount())
			.update();
	}

}
