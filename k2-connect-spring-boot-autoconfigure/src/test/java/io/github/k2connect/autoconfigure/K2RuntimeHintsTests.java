package io.github.k2connect.autoconfigure;

import com.github.kagkarlsson.scheduler.ExecutionTimeAndId;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.K2Location;
import io.github.k2connect.event.B2bEvent;
import io.github.k2connect.event.B2bTransaction;
import io.github.k2connect.event.B2bTransactionReceived;
import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.CardEvent;
import io.github.k2connect.event.CardTransaction;
import io.github.k2connect.event.CardTransactionReceived;
import io.github.k2connect.event.DarajaPayer;
import io.github.k2connect.event.DarajaTransaction;
import io.github.k2connect.event.DestinationDetails;
import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.event.Payout;
import io.github.k2connect.event.PayoutResult;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.ResultEnvelope;
import io.github.k2connect.event.SendMoneyResult;
import io.github.k2connect.event.SettlementTransferResult;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.event.TillPayment;
import io.github.k2connect.event.TillReversal;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.event.TillTransaction;
import io.github.k2connect.event.TransferDestination;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.event.WebhookEnvelope;
import io.github.k2connect.event.UnresolvedK2Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.databind.ser.std.ToStringSerializer;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.security.web.csrf.CsrfFilter;

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
			TransferDestination.MobileWallet.class, TransferDestination.Other.class, B2bTransaction.class,
			B2bTransactionReceived.class, BuygoodsTransactionReceived.class, CardTransaction.class,
			CardTransactionReceived.class, DarajaPayer.class, DarajaTransaction.class, PolledTransaction.class,
			PollingResult.class, ResultEnvelope.class, TillTransaction.class, UnrecognizedK2Event.class,
			UnresolvedK2Request.class, MissedTillPayment.class, MissedTillReversal.class, K2Location.class,
			WebhookEnvelope.class })
	void registersTypesThatAreSerialized(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(this.hints);
		assertThat(type.getDeclaredConstructors()).allSatisfy(
				(constructor) -> assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor))
					.accepts(this.hints));
	}

	@ParameterizedTest
	@ValueSource(classes = { K2Event.class, K2ResultEvent.class, K2WebhookEvent.class, PayoutResult.class, Payout.class,
			K2DetectedEvent.class, TillPayment.class, TillReversal.class, TillTransactionDetails.class, B2bEvent.class,
			CardEvent.class })
	void registersMethodsOfInterfaces(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS)).accepts(this.hints);
	}

	@Test
	void registersSerializerOfTimes() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(ToStringSerializer.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	@ParameterizedTest
	@ValueSource(classes = { JpaTransactionManager.class, ConnectionHolder.class, ExecutionTimeAndId.class,
			HikariDataSource.class, Publisher.class, HttpServerRequest.class })
	void registersClassesWhosePresenceIsChecked(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(this.hints);
	}

	@Test
	void registersFieldsOfPoolThatAreCopied() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(HikariConfig.class)
			.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).accepts(this.hints);
	}

	@Test
	void registersFieldsThatSecurityCheckReads() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(CsrfFilter.class)
			.withMemberCategory(MemberCategory.ACCESS_DECLARED_FIELDS)).accepts(this.hints);
	}

	@Test
	void registersSchemaScripts() {
		for (String platform : new String[] { "h2", "postgresql", "mysql", "mariadb" }) {
			ClassPathResource script = new ClassPathResource(
					"io/github/k2connect/database/schema-" + platform + ".sql");
			assertThat(script.exists()).isTrue();
			assertThat(RuntimeHintsPredicates.resource().forResource(script.getPath())).accepts(this.hints);
		}
	}

}
