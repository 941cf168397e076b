/**
 * Exceptions, and the few values that every part of k2-connect shares.
 */
@NullMarked
package io.github.k2connect;

import org.jspecify.annotations.NullMarked;
