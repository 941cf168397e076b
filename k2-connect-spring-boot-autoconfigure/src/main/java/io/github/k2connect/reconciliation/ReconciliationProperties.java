package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the reconciliation.
 *
 * @param tills Comma-separated list of tills of the default account whose payments are
 * reconciled.
 * @param company Whether to reconcile the payments of the whole company instead.
 * @param interval Time between two checks.
 * @param grace Age below which a transaction is left for the next check.
 * @param lookBack How far a check goes back at most, for example after an outage.
 */
@ConfigurationProperties("k2.reconciliation")
record ReconciliationProperties(@DefaultValue List<String> tills, @DefaultValue("false") boolean company,
		@DefaultValue("15m") Duration interval, @DefaultValue("10m") Duration grace,
		@DefaultValue("3d") Duration lookBack) {

	ReconciliationProperties {
		throwUnless(!company || tills.isEmpty(), "k2.reconciliation.company",
				"must be false if k2.reconciliation.tills is set");
		throwUnless(interval.toMillis() >= 1, "k2.reconciliation.interval", "must be positive");
		throwUnless(!grace.isNegative(), "k2.reconciliation.grace", "must not be negative");
		throwUnless(lookBack.compareTo(grace) > 0, "k2.reconciliation.look-back",
				"must be longer than k2.reconciliation.grace");
	}

}
