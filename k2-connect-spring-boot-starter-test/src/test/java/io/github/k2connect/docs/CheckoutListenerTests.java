package io.github.k2connect.docs;

import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.test.SimulatedResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class CheckoutListenerTests {

	private final Orders orders = new Orders();

	private final Checkout checkout = new Checkout(mock(StkService.class), this.orders);

	@Test
	void marksOrderAsPaid() {
		SimulatedResult paid = SimulatedResult.stkPush()
			.metadata("order", "order-9")
			.with("event.resource.amount", "2200");
		this.checkout.on(paid.toEvent(StkPushResult.class));
		assertThat(this.orders.state("order-9")).isEqualTo("paid 2200");
	}

}
