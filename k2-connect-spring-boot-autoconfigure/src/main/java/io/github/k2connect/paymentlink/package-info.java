/**
 * Payment links for customers.
 */
@NullMarked
package io.github.k2connect.paymentlink;

import org.jspecify.annotations.NullMarked;
