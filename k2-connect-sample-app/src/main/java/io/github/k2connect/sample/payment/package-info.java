/**
 * Payment of orders: the request to the customer's phone, and what comes of it.
 */
@NullMarked
package io.github.k2connect.sample.payment;

import org.jspecify.annotations.NullMarked;
