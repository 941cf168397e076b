/**
 * What the shop sells.
 */
@NullMarked
package io.github.k2connect.sample.catalogue;

import org.jspecify.annotations.NullMarked;
