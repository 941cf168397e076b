/**
 * What the starter costs when a web application starts.
 */
@NullMarked
package io.github.k2connect.benchmark.start;

import org.jspecify.annotations.NullMarked;
