/**
 * Verifying and decoding messages that grow.
 */
@NullMarked
package io.github.k2connect.benchmark.growth;

import org.jspecify.annotations.NullMarked;
