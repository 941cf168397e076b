/**
 * Webhooks and results: subscriptions, signatures, the HTTP endpoint, and the delivery of
 * events to listeners.
 */
@NullMarked
package io.github.k2connect.webhook;

import org.jspecify.annotations.NullMarked;
