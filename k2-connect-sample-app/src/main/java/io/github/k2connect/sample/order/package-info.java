/**
 * What customers ordered, and how far each order has come.
 */
@NullMarked
package io.github.k2connect.sample.order;

import org.jspecify.annotations.NullMarked;
