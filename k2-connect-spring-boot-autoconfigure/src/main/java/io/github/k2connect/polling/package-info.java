/**
 * Polling the transactions of a period.
 */
@NullMarked
package io.github.k2connect.polling;

import org.jspecify.annotations.NullMarked;
