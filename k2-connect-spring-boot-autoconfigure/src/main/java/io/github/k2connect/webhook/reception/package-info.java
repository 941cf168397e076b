/**
 * The reception of events: handled at once or stored, and published once.
 */
@NullMarked
package io.github.k2connect.webhook.reception;

import org.jspecify.annotations.NullMarked;
