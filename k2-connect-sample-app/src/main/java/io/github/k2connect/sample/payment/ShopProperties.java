package io.github.k2connect.sample.payment;

import io.github.k2connect.sample.order.PushLimit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Properties of the shop.
 *
 * @param tillNumber the number of the M-PESA till that receives the money
 * @param pushLimit the limit for the pushes to one phone
 * @param poll the settings for polling the transactions of the till
 */
@ConfigurationProperties("shop")
record ShopProperties(String tillNumber, @DefaultValue PushLimit pushLimit, @DefaultValue PollSettings poll) {

	ShopProperties {
		Assert.hasText(tillNumber, "shop.till-number must be set");
		Assert.isTrue(!tillNumber.contains("${"), () -> "shop.till-number is not set, but " + tillNumber);
	}

}
