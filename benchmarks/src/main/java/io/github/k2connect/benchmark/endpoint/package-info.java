/**
 * The webhook endpoint over HTTP.
 */
@NullMarked
package io.github.k2connect.benchmark.endpoint;

import org.jspecify.annotations.NullMarked;
