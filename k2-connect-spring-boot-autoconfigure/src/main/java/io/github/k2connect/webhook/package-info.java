/**
 * What Kopo Kopo sends: subscriptions, signatures, decoding, the HTTP endpoint, and the
 * way to the application's listeners.
 */
@NullMarked
package io.github.k2connect.webhook;

import org.jspecify.annotations.NullMarked;
