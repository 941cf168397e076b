package io.github.k2connect.sample.payment;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often Kopo Kopo is asked what the till has received.
 *
 * @param interval how often while there is an order of which it is not known whether its
 * phone was asked
 * @param minInterval how often at most, however often customers ask
 */
record PollSettings(@DefaultValue("1m") Duration interval, @DefaultValue("20s") Duration minInterval) {
}
