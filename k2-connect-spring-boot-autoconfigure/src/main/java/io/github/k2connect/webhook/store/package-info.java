/**
 * Stores of handled events, so that each event is handled once.
 */
@NullMarked
package io.github.k2connect.webhook.store;

import org.jspecify.annotations.NullMarked;
