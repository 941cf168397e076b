package io.github.k2connect.docs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the listener of the page about delivery that is wrong: each shows a failure
 * that the page names.
 */
class NaiveListenerTests {

	private final SimulatedResult result = SimulatedResult.stkPush()
		.metadata("order", "order-2")
		.with("event.resource.amount", "850.0");

	@Test
	void fulfilsOrderTwice() {
		assertThat(fulfilled(Map.of("order-2", "850"), this.result.toEvent(),
				SimulatedWebhook.buygoodsTransactionReceived(this.result).toEvent()))
			.containsExactly("order-2", "order-2");
	}

	@Test
	void fulfilsOrderOfSomebodyElse() {
		assertThat(fulfilled(Map.of("order-1", "850", "order-2", "850"),
				SimulatedWebhook.buygoodsTransactionReceived(this.result).toEvent()))
			.containsExactly("order-1");
	}

	@Test
	void fulfilsOrderForOneShilling() {
		assertThat(fulfilled(Map.of("order-2", "850"), this.result.with("event.resource.amount", "1").toEvent()))
			.containsExactly("order-2");
	}

	private static List<@Nullable String> fulfilled(Map<String, String> amounts, K2Event... events) {
		Map<String, BigDecimal> orders = amounts.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (order) -> new BigDecimal(order.getValue())));
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(NaiveListener.class, () -> new NaiveListener(orders));
			context.refresh();
			for (K2Event event : events) {
				context.publishEvent(event);
			}
			return context.getBean(NaiveListener.class).fulfilled();
		}
	}

}
