package io.github.k2connect.docs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.github.k2connect.K2Location;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ReactiveCheckoutTests {

	@Test
	void leavesThreadOfCaller() {
		StkPushRequest request = StkPushRequest.builder()
			.tillNumber("K000000")
			.phoneNumber("0712345678")
			.amount(2200)
			.build();
		K2Location push = K2Location.of("https://sandbox.kopokopo.com/api/v2/incoming_payments/1");
		AtomicReference<Thread> thread = new AtomicReference<>();
		StkService stkService = mock();
		given(stkService.initiateIncomingPayment(request)).willAnswer((call) -> {
			thread.set(Thread.currentThread());
			return push;
		});
		assertThat(new ReactiveCheckout(stkService).pay(request).block(Duration.ofSeconds(10))).isSameAs(push);
		assertThat(thread.get().getName()).startsWith("boundedElastic");
	}

}
