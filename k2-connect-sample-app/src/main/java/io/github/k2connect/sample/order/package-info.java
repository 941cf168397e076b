/**
 * The orders of customers, with their states.
 */
@NullMarked
package io.github.k2connect.sample.order;

import org.jspecify.annotations.NullMarked;
