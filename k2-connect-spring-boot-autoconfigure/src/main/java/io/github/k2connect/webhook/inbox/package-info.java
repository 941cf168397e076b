/**
 * Messages that are written down first and handled later, on db-scheduler's threads.
 */
@NullMarked
package io.github.k2connect.webhook.inbox;

import org.jspecify.annotations.NullMarked;
