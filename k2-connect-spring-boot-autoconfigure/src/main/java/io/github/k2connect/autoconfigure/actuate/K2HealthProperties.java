package io.github.k2connect.autoconfigure.actuate;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the health contributor.
 *
 * @param maxInboxAge Age of a waiting event above which the inbox is not healthy.
 * @param inboxAffectsStatus Whether the status is OUT_OF_SERVICE while the inbox is not
 * healthy.
 */
@ConfigurationProperties("k2.health")
record K2HealthProperties(@DefaultValue("5m") Duration maxInboxAge, @DefaultValue("false") boolean inboxAffectsStatus) {

	K2HealthProperties {
		throwUnless(maxInboxAge.toMillis() >= 1, "k2.health.max-inbox-age", "must be positive");
	}

}
