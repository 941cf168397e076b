/**
 * Proof that an event has its effect once, whatever is delivered again, fails or dies.
 */
@NullMarked
package io.github.k2connect.delivery;

import org.jspecify.annotations.NullMarked;
