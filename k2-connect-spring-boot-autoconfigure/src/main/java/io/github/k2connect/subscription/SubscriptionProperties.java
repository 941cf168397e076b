package io.github.k2connect.subscription;

import java.util.List;

import io.github.k2connect.account.K2Properties;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The declared webhook subscriptions of the default account.
 *
 * @param subscriptions Webhook subscriptions of the default account that k2-connect
 * creates and monitors.
 */
@ConfigurationProperties("k2.webhook")
record SubscriptionProperties(@DefaultValue List<K2Properties.Subscription> subscriptions) {

}
