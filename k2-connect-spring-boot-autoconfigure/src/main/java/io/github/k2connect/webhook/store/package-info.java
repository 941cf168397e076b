/**
 * Where it is remembered which events were handled, so that each is handled once.
 */
@NullMarked
package io.github.k2connect.webhook.store;

import org.jspecify.annotations.NullMarked;
