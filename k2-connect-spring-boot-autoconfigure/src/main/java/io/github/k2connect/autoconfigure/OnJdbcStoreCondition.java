package io.github.k2connect.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches when handled events may be remembered in the database.
 */
final class OnJdbcStoreCondition extends AnyNestedCondition {

	OnJdbcStoreCondition() {
		super(ConfigurationPhase.PARSE_CONFIGURATION);
	}

	@ConditionalOnProperty(name = "k2.webhook.store", havingValue = "auto", matchIfMissing = true)
	static class Auto {

	}

	@ConditionalOnProperty(name = "k2.webhook.store", havingValue = "jdbc")
	static class Jdbc {

	}

}
