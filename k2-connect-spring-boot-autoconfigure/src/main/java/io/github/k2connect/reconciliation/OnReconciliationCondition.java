package io.github.k2connect.reconciliation;

import java.util.List;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when the configuration has a till whose payments are reconciled, or the
 * company.
 */
class OnReconciliationCondition extends SpringBootCondition {

	private static final String PREFIX = "k2.reconciliation";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Reconciliation");
		return matches(context.getEnvironment()) ? ConditionOutcome.match(message.found("till").atAll())
				: ConditionOutcome.noMatch(message.didNotFind("property").items(PREFIX + ".tills"));
	}

	private static boolean matches(Environment environment) {
		Binder binder = Binder.get(environment);
		return binder.bind(PREFIX + ".company", Boolean.class).orElse(false)
				|| !binder.bind(PREFIX + ".tills", Bindable.listOf(String.class)).orElse(List.of()).isEmpty()
				|| binder.bind("k2.accounts", Bindable.mapOf(String.class, Account.class))
					.orElse(Map.of())
					.values()
					.stream()
					.anyMatch((account) -> !account.reconciliationTills().isEmpty());
	}

	/**
	 * The part of an account that the condition needs.
	 */
	record Account(List<String> reconciliationTills) {

		Account {
			reconciliationTills = (reconciliationTills != null) ? reconciliationTills : List.of();
		}

	}

}
