/**
 * A shop that takes M-PESA payments through Kopo Kopo.
 */
@NullMarked
package io.github.k2connect.sample.shop;

import org.jspecify.annotations.NullMarked;
