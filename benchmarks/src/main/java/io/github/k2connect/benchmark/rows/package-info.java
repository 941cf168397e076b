/**
 * The table of handled events when it is large.
 */
@NullMarked
package io.github.k2connect.benchmark.rows;

import org.jspecify.annotations.NullMarked;
