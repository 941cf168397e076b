/**
 * Payments that a customer confirms on the phone (M-PESA STK push).
 */
@NullMarked
package io.github.k2connect.stk;

import org.jspecify.annotations.NullMarked;
