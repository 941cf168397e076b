package io.github.k2connect.sample.order;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The limit of pushes to one phone. Without a limit, anybody could use the shop to send
 * many pushes to a stranger's phone.
 *
 * @param pushes how many pushes one phone may get in the period
 * @param period how long a push counts
 */
public record PushLimit(@DefaultValue("3") int pushes, @DefaultValue("10m") Duration period) {

	public PushLimit {
		Assert.isTrue(pushes > 0, "shop.push-limit.pushes must be positive");
		Assert.isTrue(Duration.ZERO.compareTo(period) < 0, "shop.push-limit.period must be positive");
	}

}
