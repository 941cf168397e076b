package io.github.k2connect.sample.shop;

import java.util.UUID;

import io.github.k2connect.event.StkFailureReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page of an order and its payment check.
 */
@ShopTest
class OrderPageTests {

	@Autowired
	private Orders orders;

	@Autowired
	private Catalogue catalogue;

	private final Browser browser;

	private final String orderId = UUID.randomUUID().toString();

	private final String path = "/orders/" + this.orderId;

	OrderPageTests(@LocalServerPort int port) {
		this.browser = new Browser(port);
	}

	@Test
	void respondsWith404ForUnknownOrder() throws Exception {
		assertThat(this.browser.open(this.path).statusCode()).isEqualTo(404);
		assertThat(this.browser.open(this.path).body()).contains("There is nothing here");
	}

	@Test
	void keepsOrderOutOfCaches() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).headers().firstValue("Cache-Control"))
			.hasValueSatisfying((header) -> assertThat(header).contains("no-store"));
	}

	@Test
	void hidesPartOfPhoneNumber() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body()).contains("•••• 678").doesNotContain("712345");
	}

	@Test
	void reloadsWaitingPageWithoutJavaScript() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body())
			.contains("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>")
			.contains("data-open=\"true\"");
		this.orders.markFailed(this.orderId, StkFailureReason.CANCELLED);
		assertThat(this.browser.open(this.path).body()).doesNotContain("http-equiv=\"refresh\"")
			.doesNotContain("data-open");
	}

	@Test
	void warnsNotToPayAgainWhileOutcomeIsUnknown() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body()).contains("We do not know yet whether your phone was asked")
			.contains("Do not pay again")
			.doesNotContain("Try again");
	}

	@Test
	void warnsNotToPayAgainWhenAmountDiffers() throws Exception {
		addOrder();
		this.orders.markForReview(this.orderId, "SKV4XBY7PZ");
		assertThat(this.browser.open(this.path).body()).contains("does not match this order")
			.contains("Do not pay again")
			.contains("SKV4XBY7PZ")
			.doesNotContain("Try again");
	}

	@Test
	void showsTimeLeftWhilePhoneIsAsked() throws Exception {
		addOrder();
		assertThat(this.browser.open(this.path).body()).doesNotContain("role=\"timer\"");
		this.orders.awaitPayment(this.orderId, this.orderId);
		assertThat(this.browser.open(this.path).body())
			.containsPattern("role=\"timer\" data-seconds=\"[1-5]?[0-9]\">[1-5]?[0-9] seconds left<");
	}

	@ParameterizedTest
	@NullSource
	@EnumSource
	void explainsEveryFailure(@Nullable StkFailureReason reason) throws Exception {
		addOrder();
		this.orders.markFailed(this.orderId, reason);
		assertThat(this.browser.open(this.path).body()).contains("Try again")
			.contains("money was taken")
			.doesNotContain("??");
	}

	private void addOrder() {
		this.orders.add(this.orderId, this.catalogue.find("kahawa").orElseThrow(), "+254712345678");
	}

}
