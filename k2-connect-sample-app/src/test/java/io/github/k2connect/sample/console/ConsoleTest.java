package io.github.k2connect.sample.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.k2connect.sample.shop.ShopApplication;
import io.github.k2connect.test.AutoConfigureK2Simulator;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/**
 * Runs a test against the shop with its console, whose user is {@code user} with the
 * password {@code karibu}. An event whose listener fails is parked at once.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "K2_TILL_NUMBER=K000000", "K2_CALLBACK_URL=http://localhost/k2/webhooks",
				"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1",
				"spring.security.user.password=karibu", "k2.webhook.inbox.max-attempts=1" })
@AutoConfigureK2Simulator
@Import(PlainPasswords.class)
@interface ConsoleTest {

}
