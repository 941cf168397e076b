package io.github.k2connect.sample.shop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.k2connect.test.AutoConfigureK2Simulator;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Runs a test against the whole shop, which listens on a random port and talks to a
 * simulator.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "K2_TILL_NUMBER=K000000", "K2_CALLBACK_URL=http://localhost/k2/webhooks",
				"k2.follow-up.first-check=1s", "spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
@AutoConfigureK2Simulator
@interface ShopTest {

}
