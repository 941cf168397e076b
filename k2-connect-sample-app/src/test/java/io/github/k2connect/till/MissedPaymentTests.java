package io.github.k2connect.till;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = Till.class,
		properties = { "spring.config.location=optional:classpath:/till/", "spring.sql.init.mode=never",
				"spring.datasource.generate-unique-name=true", "k2.scheduler.polling-interval=100ms",
				"k2.callback-url=http://localhost/k2/webhooks", "k2.reconciliation.tills=112233",
				"k2.reconciliation.grace=0s", "k2.webhook.subscriptions[0].event-type=buygoods_transaction_received",
				"k2.webhook.subscriptions[0].scope=till", "k2.webhook.subscriptions[0].scope-reference=112233" })
@AutoConfigureK2Simulator
@DirtiesContext
class MissedPaymentTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private K2Reconciliation reconciliation;

	@Autowired
	private Till till;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void awaitSubscription() {
		assertThat(this.kopoKopo).hasReceived("POST", "/api/v1/webhook_subscriptions");
	}

	@Test
	void findsPaymentWhoseWebhookWasLost() {
		this.kopoKopo.inject(SimulatedFault.callbackLost(), 1);
		String reference = this.kopoKopo.phone("0712345678").payTill("112233", new BigDecimal("450"));
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		this.reconciliation.check("112233", now.minusMinutes(1), now.plusMinutes(1));
		Awaitility.await().untilAsserted(() -> assertThat(this.till.missed()).contains(reference));
		assertThat(this.till.received()).doesNotContain(reference);
	}

	@Test
	void doesNotMissPaymentWhoseWebhookArrived() {
		String reference = this.kopoKopo.phone("0712345678").payTill("112233", new BigDecimal("600"));
		Awaitility.await().untilAsserted(() -> assertThat(this.till.received()).contains(reference));
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		this.reconciliation.check("112233", now.minusMinutes(1), now.plusMinutes(1));
		Awaitility.await()
			.until(() -> this.jdbc.sql("SELECT COUNT(*) FROM k2_task WHERE task_instance LIKE 'check-%'")
				.query(Long.class)
				.single() == 0);
		assertThat(this.till.missed()).doesNotContain(reference);
	}

}
