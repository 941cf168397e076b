package io.github.k2connect.webhook.endpoint;

import java.time.Duration;
import java.util.Optional;

import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookPaths;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link K2WebhookAutoConfiguration}, with one web stack at a time.
 */
class K2WebhookAutoConfigurationTests {

	private static final AutoConfigurations AUTO_CONFIGURATIONS = K2AutoConfigurations.with();

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withClassLoader(new FilteredClassLoader("reactor", "org.springframework.web.reactive"))
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues("k2.api-key=k3y");

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withClassLoader(new FilteredClassLoader("jakarta.servlet", "org.springframework.web.servlet"))
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues("k2.api-key=k3y");

	@Test
	void createsServletControllerInServletApplication() {
		this.servlet.run((context) -> assertThat(context).hasSingleBean(K2WebhookController.class)
			.doesNotHaveBean(K2ReactiveWebhookController.class));
	}

	@Test
	void createsReactiveControllerInReactiveApplication() {
		this.reactive.run((context) -> assertThat(context).hasSingleBean(K2ReactiveWebhookController.class)
			.doesNotHaveBean(K2WebhookController.class));
	}

	@Test
	void backsOffForReactiveControllerOfApplication() {
		this.reactive
			.withBean("own", K2ReactiveWebhookController.class,
					() -> new K2ReactiveWebhookController(mock(), mock(), Duration.ofSeconds(1)))
			.run((context) -> assertThat(context).hasSingleBean(K2ReactiveWebhookController.class).hasBean("own"));
	}

	@Test
	void backsOffForMappingOfSameName() {
		Object own = new Object();
		this.servlet.withBean("k2WebhookMapping", Object.class, () -> own)
			.run((context) -> assertThat(context).getBean("k2WebhookMapping").isSameAs(own));
		this.reactive.withBean("k2WebhookMapping", Object.class, () -> own)
			.run((context) -> assertThat(context).getBean("k2WebhookMapping").isSameAs(own));
	}

	@Test
	void keepsParserWhenEndpointIsDisabled() {
		this.servlet.withPropertyValues("k2.webhook.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(WebhookParser.class)
				.doesNotHaveBean(WebhookEndpoint.class)
				.doesNotHaveBean(K2WebhookController.class));
		this.reactive.withPropertyValues("k2.webhook.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(WebhookParser.class)
				.doesNotHaveBean(WebhookEndpoint.class)
				.doesNotHaveBean(K2ReactiveWebhookController.class));
	}

	@Test
	void createsListenerFactoryInChildOfContextWithoutEndpoint() {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues("k2.api-key=k3y")
			.run((parent) -> this.servlet.withParent(parent)
				.run((context) -> assertThat(context.getBeanFactory().containsLocalBean("k2EventListenerFactory"))
					.isTrue()));
	}

	@Test
	void usesAccountSourceOfParentContext() {
		new ApplicationContextRunner().withBean(K2AccountSource.class, () -> (name) -> Optional.empty())
			.run((parent) -> new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
				.withParent(parent)
				.run((context) -> assertThat(context.getBean(WebhookPaths.class).patterns())
					.contains("/k2/webhooks/{account}")));
	}

}
