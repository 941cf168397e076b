/**
 * The merchant's own bank accounts and wallets, and transfers of the balance to them.
 */
@NullMarked
package io.github.k2connect.settlement;

import org.jspecify.annotations.NullMarked;
