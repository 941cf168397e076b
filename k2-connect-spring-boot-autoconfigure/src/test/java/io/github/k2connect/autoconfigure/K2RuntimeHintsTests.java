package io.github.k2connect.autoconfigure;

import io.github.k2connect.event.DestinationDetails;
import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.event.SendMoneyResult;
import io.github.k2connect.event.SettlementTransferResult;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TransferDestination;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ser.std.ToStringSerializer;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2RuntimeHints}.
 */
class K2RuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void register() {
		new K2RuntimeHints().registerHints(this.hints, getClass().getClassLoader());
	}

	@ParameterizedTest
	@ValueSource(classes = { StkPushResult.class, PaymentResult.class, SettlementTransferResult.class,
			SendMoneyResult.class, Disbursement.class, DestinationDetails.class, TransferDestination.BankAccount.class,
			TransferDestination.MobileWallet.class, TransferDestination.Other.class })
	void whatIsWrittenToJsonCanBeReadAgain(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
			.accepts(this.hints);
	}

	@Test
	void timesCanBeWritten() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(ToStringSerializer.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	void theScriptsAreThere() {
		for (String platform : new String[] { "h2", "postgresql", "mysql", "mariadb" }) {
			assertThat(RuntimeHintsPredicates.resource()
				.forResource("io/github/k2connect/webhook/store/schema-" + platform + ".sql")).accepts(this.hints);
		}
	}

}
