package io.github.k2connect.docs;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.github.k2connect.K2Exception;
import io.github.k2connect.Scope;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@DirtiesContext
class BadDayTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private Checkout checkout;

	@Autowired
	private Orders orders;

	@Autowired
	private PollingService pollingService;

	@BeforeEach
	void reset() {
		this.kopoKopo.reset();
	}

	@Test
	void paysWhenKopoKopoIsBack() {
		this.kopoKopo.inject(SimulatedFault.status(503));
		assertThatExceptionOfType(K2Exception.class)
			.isThrownBy(() -> this.checkout.pay("order-6", SimulatedPhoneNumber.PAYS, 2200));
		this.kopoKopo.heal();
		this.checkout.pay("order-6", SimulatedPhoneNumber.PAYS, 2200);
		assertThat(this.kopoKopo).hasDelivered("incoming_payment");
		assertThat(this.orders.payments("order-6")).isEqualTo(1);
	}

	@Test
	void countsPaymentOnceIfCallbackComesTwice() {
		this.kopoKopo.inject(SimulatedFault.callbackTwice(), 1);
		this.checkout.pay("order-7", SimulatedPhoneNumber.PAYS, 2200);
		assertThat(this.kopoKopo).hasDelivered(2, "incoming_payment");
		assertThat(this.orders.payments("order-7")).isEqualTo(1);
	}

	@Test
	void findsPaymentWhoseWebhookWasLost() {
		OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1);
		this.kopoKopo.inject(SimulatedFault.callbackLost());
		String reference = this.kopoKopo.phone("0712345678").payTill("K000000", new BigDecimal("450"));
		this.kopoKopo.heal();
		URI location = this.pollingService.pollTransactions(PollingRequest.builder()
			.fromTime(start)
			.toTime(OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(1))
			.scope(Scope.COMPANY)
			.build());
		assertThat(this.pollingService.awaitResult(location, Duration.ofSeconds(10)).transactions())
			.extracting(PolledTransaction::reference)
			.contains(reference);
	}

}
