/**
 * Giving customers their payments back.
 */
@NullMarked
package io.github.k2connect.reversal;

import org.jspecify.annotations.NullMarked;
