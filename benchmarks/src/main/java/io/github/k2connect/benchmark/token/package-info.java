/**
 * Getting a token from the cache.
 */
@NullMarked
package io.github.k2connect.benchmark.token;

import org.jspecify.annotations.NullMarked;
