/**
 * Exceptions and values that all parts of k2-connect share.
 */
@NullMarked
package io.github.k2connect;

import org.jspecify.annotations.NullMarked;
