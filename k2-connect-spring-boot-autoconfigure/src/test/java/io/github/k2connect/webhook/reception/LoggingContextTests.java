package io.github.k2connect.webhook.reception;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Endpoints;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link LoggingContext}.
 */
class LoggingContextTests {

	@AfterEach
	void clear() {
		MDC.clear();
	}

	private static K2Event event(String account, String id) {
		return new UnrecognizedK2Event(id, account, null, "{}", "It is a test");
	}

	private static String values() {
		return MDC.get(LoggingContext.ACCOUNT) + " " + MDC.get(LoggingContext.EVENT_ID);
	}

	@Test
	void removesValuesAfterFailure() {
		assertThatIllegalStateException().isThrownBy(() -> LoggingContext.with(event("kiosk", "1"), () -> {
			throw new IllegalStateException(values());
		})).withMessage("kiosk 1");
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void restoresValuesOfOuterEventAndOfApplication() {
		MDC.put("tenant", "shop");
		String inner = LoggingContext.with(event("kiosk", "1"), () -> {
			String values = LoggingContext.with(event("school", "2"), LoggingContextTests::values);
			assertThat(values()).isEqualTo("kiosk 1");
			return values;
		});
		assertThat(inner).isEqualTo("school 2");
		assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("tenant");
	}

	/**
	 * An id with a line break cannot forge a line of the log.
	 */
	@Test
	void replacesControlCharacters() {
		assertThat(LoggingContext.with(event("kiosk", "1\r\n2026 ERROR \u001b[31m"), LoggingContextTests::values))
			.isEqualTo("kiosk 1??2026 ERROR ?[31m");
	}

	@Test
	void hasValuesInListenersAndAfterCommit() {
		new WebApplicationContextRunner()
			.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class))
			.withUserConfiguration(Listener.class)
			.withPropertyValues("k2.api-key=an-api-key",
					"spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
			.run((context) -> {
				byte[] body = "{\"topic\": \"customer_created\", \"id\": \"1\"}".getBytes(StandardCharsets.UTF_8);
				Endpoints.of(context).receive("default", body, Signatures.sign("an-api-key", body));
				assertThat(context.getBean(Listener.class).values).containsExactly("listener default 1",
						"after commit default 1");
			});
	}

	static class Listener {

		private final List<String> values = new CopyOnWriteArrayList<>();

		@EventListener
		void on(K2Event event) {
			this.values.add("listener " + values());
		}

		@TransactionalEventListener
		void afterCommit(K2Event event) {
			this.values.add("after commit " + values());
		}

	}

}
