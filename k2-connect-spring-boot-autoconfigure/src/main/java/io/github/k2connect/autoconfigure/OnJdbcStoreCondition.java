package io.github.k2connect.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/**
 * Matches when handled events may be remembered in the database.
 */
final class OnJdbcStoreCondition extends NoneNestedConditions {

	OnJdbcStoreCondition() {
		super(ConfigurationPhase.PARSE_CONFIGURATION);
	}

	@ConditionalOnProperty(name = "k2.webhook.store", havingValue = "memory")
	static class Memory {

	}

	@ConditionalOnProperty(name = "k2.webhook.store", havingValue = "none")
	static class None {

	}

}
