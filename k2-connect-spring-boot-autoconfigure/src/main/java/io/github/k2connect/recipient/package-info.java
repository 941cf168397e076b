/**
 * Whom the merchant pays: mobile wallets, bank accounts, tills and paybills of others.
 */
@NullMarked
package io.github.k2connect.recipient;

import org.jspecify.annotations.NullMarked;
