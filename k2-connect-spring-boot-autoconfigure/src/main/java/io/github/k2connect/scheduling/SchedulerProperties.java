package io.github.k2connect.scheduling;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the scheduler, which handles stored events, and checks requests, tills
 * and subscriptions.
 *
 * @param threads How many stored events are handled at a time. Half as many calls to Kopo
 * Kopo run beside them. When it is not set, half of the connection pool and at most 10;
 * in direct mode a quarter of the pool.
 * @param pollingInterval How often the table is searched for what is due.
 * @param heartbeatInterval How often an instance confirms what it executes. After four
 * missed heartbeats another instance takes over.
 * @param shutdownTimeout How long the shutdown waits for listeners that run.
 */
@ConfigurationProperties("k2.scheduler")
record SchedulerProperties(@Nullable Integer threads, @DefaultValue("1s") Duration pollingInterval,
		@DefaultValue("8s") Duration heartbeatInterval, @DefaultValue("20s") Duration shutdownTimeout) {

	SchedulerProperties {
		throwUnless(threads == null || threads >= 1, "k2.scheduler.threads", "must be at least 1");
		throwUnless(pollingInterval.toMillis() >= 1, "k2.scheduler.polling-interval", "must be positive");
		throwUnless(heartbeatInterval.toMillis() >= 1, "k2.scheduler.heartbeat-interval", "must be positive");
		throwUnless(!shutdownTimeout.isNegative(), "k2.scheduler.shutdown-timeout", "must not be negative");
	}

}
