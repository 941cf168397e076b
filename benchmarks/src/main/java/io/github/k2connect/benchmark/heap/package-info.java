/**
 * The memory that received webhooks keep.
 */
@NullMarked
package io.github.k2connect.benchmark.heap;

import org.jspecify.annotations.NullMarked;
