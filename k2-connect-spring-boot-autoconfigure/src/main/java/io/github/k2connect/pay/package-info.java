/**
 * Payments from the merchant's balance to recipients.
 */
@NullMarked
package io.github.k2connect.pay;

import org.jspecify.annotations.NullMarked;
