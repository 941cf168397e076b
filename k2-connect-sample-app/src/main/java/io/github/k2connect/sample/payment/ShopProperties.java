package io.github.k2connect.sample.payment;

import io.github.k2connect.sample.order.PushLimit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * What the shop has to know about itself.
 *
 * @param tillNumber the M-PESA till that the money goes to
 * @param pushLimit how often one phone may be asked for payment
 * @param poll how often Kopo Kopo is asked what the till has received
 */
@ConfigurationProperties("shop")
record ShopProperties(String tillNumber, @DefaultValue PushLimit pushLimit, @DefaultValue PollSettings poll) {

	ShopProperties {
		Assert.hasText(tillNumber, "shop.till-number must be set");
		Assert.isTrue(!tillNumber.contains("${"), () -> "shop.till-number is not set, but " + tillNumber);
	}

}
