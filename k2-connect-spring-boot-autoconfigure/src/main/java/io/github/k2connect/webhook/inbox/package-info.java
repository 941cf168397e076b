/**
 * The inbox, which stores messages and handles them later on threads of the scheduler.
 */
@NullMarked
package io.github.k2connect.webhook.inbox;

import org.jspecify.annotations.NullMarked;
