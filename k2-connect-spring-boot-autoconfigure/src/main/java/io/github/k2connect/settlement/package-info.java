/**
 * The merchant's own bank accounts and wallets, and transfer of its balance to them.
 */
@NullMarked
package io.github.k2connect.settlement;

import org.jspecify.annotations.NullMarked;
