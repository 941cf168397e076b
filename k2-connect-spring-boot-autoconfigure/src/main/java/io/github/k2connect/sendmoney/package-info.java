/**
 * Sending money, and sweeping the whole balance to the merchant's own accounts.
 */
@NullMarked
package io.github.k2connect.sendmoney;

import org.jspecify.annotations.NullMarked;
