package com.example.shop;

import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@ExtendWith(OutputCaptureExtension.class)
class FirstPaymentTests {

	@Autowired
	private Shop shop;

	@Test
	void customerPays(CapturedOutput output) {
		this.shop.requestPayment("17", SimulatedPhoneNumber.PAYS, 250);
		await().untilAsserted(() -> assertThat(output).contains("Order 17: KES 250 paid to till K000000"));
	}

	@Test
	void customerCancels(CapturedOutput output) {
		this.shop.requestPayment("18", SimulatedPhoneNumber.CANCELS, 250);
		await().untilAsserted(() -> assertThat(output).contains("Order 18: not paid, CANCELLED"));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Shop {

		private final StkService stkService;

		Shop(StkService stkService) {
			this.stkService = stkService;
		}

		void requestPayment(String order, String phoneNumber, long shillings) {
			this.stkService.initiateIncomingPayment(StkPushRequest.builder()
				.tillNumber("K000000")
				.phoneNumber(phoneNumber)
				.amount(shillings)
				.metadata("order", order)
				.build());
		}

		@EventListener
		void on(StkPushResult result) {
			String order = result.metadata().get("order");
			if (result.isSuccessful()) {
				System.out.printf("Order %s: %s %.0f paid to till %s%n", order, result.currency(), result.amount(),
						result.tillNumber());
			}
			else if (result.isFailed()) {
				System.out.printf("Order %s: not paid, %s%n", order, result.failureReason());
			}
		}

	}

}
