/**
 * Webhook subscriptions that are declared, in the configuration or while the application
 * runs: each is created once and then monitored.
 */
@NullMarked
package io.github.k2connect.subscription;

import org.jspecify.annotations.NullMarked;
