/**
 * Recipients whom the merchant pays: mobile wallets, bank accounts, tills and paybills.
 */
@NullMarked
package io.github.k2connect.recipient;

import org.jspecify.annotations.NullMarked;
