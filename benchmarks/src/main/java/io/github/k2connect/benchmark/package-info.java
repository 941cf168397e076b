/**
 * Measures the library against its limit and against the alternatives.
 */
@NullMarked
package io.github.k2connect.benchmark;

import org.jspecify.annotations.NullMarked;
