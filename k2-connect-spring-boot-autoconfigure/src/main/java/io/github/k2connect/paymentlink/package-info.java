/**
 * Links under which customers pay.
 */
@NullMarked
package io.github.k2connect.paymentlink;

import org.jspecify.annotations.NullMarked;
