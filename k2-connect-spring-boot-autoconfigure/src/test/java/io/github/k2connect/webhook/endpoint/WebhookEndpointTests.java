package io.github.k2connect.webhook.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebhookEndpoint}.
 */
class WebhookEndpointTests {

	private static final byte[] WEBHOOK = "{\"topic\":\"customer_created\",\"id\":\"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private boolean fails = true;

	static Stream<K2EventStore> stores() {
		return Stream.of(K2EventStore.none(), new InMemoryEventStore(10, Duration.ofSeconds(20)));
	}

	/**
	 * Kotlin has no checked exceptions, so a listener may throw any exception.
	 */
	@SuppressWarnings("unchecked")
	private static <X extends Throwable> void throwUnchecked(Throwable failure) throws X {
		throw (X) failure;
	}

	private WebhookEndpoint endpoint(K2EventStore store) {
		StaticApplicationContext application = new StaticApplicationContext();
		application.addApplicationListener((PayloadApplicationEvent<K2Event> event) -> {
			if (this.fails) {
				throwUnchecked(new TimeoutException("The accounts department is away"));
			}
		});
		application.refresh();
		WebhookParser parser = new WebhookParser(new SignatureVerifier("an-api-key", List.of()));
		return Endpoints.endpoint(new OnlyParser(parser),
				Receivers.direct(new EventDispatcher(application, store), Integer.MAX_VALUE, Duration.ofSeconds(20)),
				1024, Duration.ofSeconds(10), ObservationRegistry.NOOP);
	}

	@ParameterizedTest
	@MethodSource("stores")
	void respondsWith500WhenListenerThrowsCheckedException(K2EventStore store) {
		WebhookEndpoint endpoint = endpoint(store);
		String signature = Signatures.sign("an-api-key", WEBHOOK);
		assertThat(Endpoints.receive(endpoint, "default", WEBHOOK, signature))
			.isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		this.fails = false;
		assertThat(Endpoints.receive(endpoint, "default", WEBHOOK, signature)).isEqualTo(HttpStatus.OK);
	}

}
