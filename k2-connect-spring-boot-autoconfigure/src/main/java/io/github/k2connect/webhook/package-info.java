/**
 * Webhooks and results, for an endpoint of the application's own: signatures, the parser,
 * topics, and the service for subscriptions.
 */
@NullMarked
package io.github.k2connect.webhook;

import org.jspecify.annotations.NullMarked;
