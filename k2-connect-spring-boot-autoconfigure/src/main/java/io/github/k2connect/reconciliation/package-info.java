/**
 * The reconciliation, which finds payments that no message told of.
 */
@NullMarked
package io.github.k2connect.reconciliation;

import org.jspecify.annotations.NullMarked;
