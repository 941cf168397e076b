package io.github.k2connect.sample.console;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An order that needs a person.
 *
 * @param id the order's id
 * @param amount the price
 * @param mpesaReference the reference of its payment, or {@code null}
 * @param createdAt when it was placed
 */
record OpenOrder(String id, BigDecimal amount, @Nullable String mpesaReference, Instant createdAt) {
}
