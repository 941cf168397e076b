package io.github.k2connect.test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application with several accounts beside
 * {@link AutoConfigureK2Simulator#accounts()}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		classes = SimulatedAccountsApplicationTests.Application.class)
@AutoConfigureK2Simulator(accounts = { "kiosk", "cafe" })
class SimulatedAccountsApplicationTests {

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private K2Accounts accounts;

	@Autowired
	private Events events;

	@Test
	void configuresAccountsOfApplication() {
		assertThat(this.accounts.configuredNames()).contains("kiosk", "cafe");
	}

	@Test
	void handlesPaymentInItsAccount() throws Exception {
		this.accounts.get("kiosk")
			.stk()
			.initiateIncomingPayment(StkPushRequest.builder()
				.tillNumber("K000000")
				.phoneNumber(SimulatedPhoneNumber.PAYS)
				.amount(850)
				.build());
		K2Event event = this.events.next();
		assertThat(event).isInstanceOf(StkPushResult.class);
		assertThat(event.account()).isEqualTo("kiosk");
	}

	@Test
	void publishesDeliveredEventWithItsAccount() throws Exception {
		assertThat(this.simulator.account("cafe").deliver(SimulatedWebhook.buygoodsTransactionReceived()))
			.isEqualTo(200);
		assertThat(this.events.next().account()).isEqualTo("cafe");
		assertThat(this.simulator.account("cafe").deliver(SimulatedResult.stkPush())).isEqualTo(200);
		assertThat(this.events.next().account()).isEqualTo("cafe");
		assertThat(this.simulator.deliver(SimulatedResult.stkPush())).isEqualTo(200);
		assertThat(this.events.next().account()).isEqualTo("default");
	}

	/**
	 * Application that records events.
	 */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Events.class)
	static class Application {

	}

	/**
	 * The events that the application has received.
	 */
	static class Events {

		private final BlockingQueue<K2Event> heard = new LinkedBlockingQueue<>();

		@EventListener
		void on(K2Event event) {
			this.heard.add(event);
		}

		K2Event next() throws InterruptedException {
			K2Event event = this.heard.poll(10, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			return event;
		}

	}

}
