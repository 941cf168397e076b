/**
 * The stores of handled events.
 */
@NullMarked
package io.github.k2connect.benchmark.store;

import org.jspecify.annotations.NullMarked;
