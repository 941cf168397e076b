package io.github.k2connect.reconciliation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A till whose payments are reconciled, or a whole company.
 *
 * @param account the name of the Kopo Kopo account
 * @param till the number of the till, or {@code null} for the company
 * @param lastCompleteCheck until when all payments were compared, or {@code null} before
 * the first complete check
 * @param missed how many payments and reversals were found that no message told of, since
 * the till is reconciled
 */
public record ReconciledTill(String account, @Nullable String till, @Nullable Instant lastCompleteCheck, long missed) {

}
