/**
 * Verifying and decoding a message.
 */
@NullMarked
package io.github.k2connect.benchmark.message;

import org.jspecify.annotations.NullMarked;
