/**
 * Sending a request to Kopo Kopo.
 */
@NullMarked
package io.github.k2connect.benchmark.push;

import org.jspecify.annotations.NullMarked;
