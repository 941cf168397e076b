/**
 * Reversals of customers' payments.
 */
@NullMarked
package io.github.k2connect.reversal;

import org.jspecify.annotations.NullMarked;
