package io.github.k2connect.followup;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the follow-up.
 *
 * @param enabled Whether to check the status of requests until their result is final.
 * @param firstCheck Delay before the first check. Each further delay is twice as long, up
 * to half an hour.
 * @param giveUpAfter Time after which an UnresolvedK2Request is published. A payment link
 * is checked until it expires.
 * @param unknownAfter Time for which Kopo Kopo may not know a request. After this time,
 * an UnresolvedK2Request is published.
 * @param maxCallsPerSecond Maximum number of status checks that an instance makes in a
 * second, including those of callers that wait for a result.
 */
@ConfigurationProperties("k2.follow-up")
record FollowUpProperties(@DefaultValue("false") boolean enabled, @DefaultValue("30s") Duration firstCheck,
		@DefaultValue("24h") Duration giveUpAfter, @DefaultValue("5m") Duration unknownAfter,
		@DefaultValue("10") int maxCallsPerSecond) {

	FollowUpProperties {
		throwUnless(firstCheck.toMillis() >= 1, "k2.follow-up.first-check", "must be positive");
		throwUnless(giveUpAfter.compareTo(firstCheck) >= 0, "k2.follow-up.give-up-after",
				"must not be shorter than the delay before the first call");
		throwUnless(unknownAfter.toMillis() >= 1, "k2.follow-up.unknown-after", "must be positive");
		throwUnless(maxCallsPerSecond >= 1, "k2.follow-up.max-calls-per-second", "must be at least 1");
	}

}
