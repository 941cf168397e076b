/**
 * The till whose payments the documentation of the reconciliation looks for.
 */
@NullMarked
package io.github.k2connect.till;

import org.jspecify.annotations.NullMarked;
