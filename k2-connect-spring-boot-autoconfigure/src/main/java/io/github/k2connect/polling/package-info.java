/**
 * Asking for the transactions of a span of time.
 */
@NullMarked
package io.github.k2connect.polling;

import org.jspecify.annotations.NullMarked;
