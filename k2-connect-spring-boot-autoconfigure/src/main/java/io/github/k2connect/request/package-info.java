/**
 * Validation of requests, and the base classes of their builders.
 */
@NullMarked
package io.github.k2connect.request;

import org.jspecify.annotations.NullMarked;
