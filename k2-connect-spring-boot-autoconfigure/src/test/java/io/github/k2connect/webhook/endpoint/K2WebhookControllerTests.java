package io.github.k2connect.webhook.endpoint;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Tests for {@link K2WebhookController}.
 */
@SpringBootTest(classes = AbstractK2WebhookControllerTests.Application.class,
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.mvc.servlet.path=/shop", "spring.mvc.hiddenmethod.filter.enabled=true" })
class K2WebhookControllerTests extends AbstractK2WebhookControllerTests {

}
