package io.github.k2connect.sample.payment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * What the shop has to know about itself.
 *
 * @param tillNumber the M-PESA till that the money goes to
 */
@ConfigurationProperties("shop")
record ShopProperties(String tillNumber) {

	ShopProperties {
		Assert.hasText(tillNumber, "shop.till-number must be set");
		Assert.isTrue(!tillNumber.contains("${"), () -> "shop.till-number is not set, but " + tillNumber);
	}

}
