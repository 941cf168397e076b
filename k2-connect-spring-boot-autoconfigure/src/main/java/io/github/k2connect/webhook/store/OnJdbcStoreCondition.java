package io.github.k2connect.webhook.store;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/**
 * Condition that matches if handled events may be stored in the database.
 */
final class OnJdbcStoreCondition extends NoneNestedConditions {

	OnJdbcStoreCondition() {
		super(ConfigurationPhase.PARSE_CONFIGURATION);
	}

	@ConditionalOnProperty(name = "k2.store.type", havingValue = "memory")
	static class Memory {

	}

	@ConditionalOnProperty(name = "k2.store.type", havingValue = "none")
	static class None {

	}

}
