package io.github.k2connect.sample.payment;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for polling the transactions of the till.
 *
 * @param interval the delay between two polls while the outcome of a push is unknown
 * @param minInterval the minimum time between two polls
 */
record PollSettings(@DefaultValue("1m") Duration interval, @DefaultValue("20s") Duration minInterval) {
}
