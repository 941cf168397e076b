package io.github.k2connect.webhook.endpoint;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests for {@link K2ReactiveWebhookController}. The limit of WebFlux's own codecs is far
 * below that of the endpoint.
 */
@SpringBootTest(classes = AbstractK2WebhookControllerTests.Application.class,
		webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "spring.main.web-application-type=reactive",
				"spring.webflux.base-path=/shop", "spring.http.codecs.max-in-memory-size=16B" })
class K2ReactiveWebhookControllerTests extends AbstractK2WebhookControllerTests {

}
