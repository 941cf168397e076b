package io.github.k2connect.autoconfigure;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.TransferDestination;
import io.github.k2connect.followup.UnresolvedK2Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ser.std.ToStringSerializer;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Runtime hints for native images: events as JSON, and the scripts of the table of
 * handled events.
 */
final class K2RuntimeHints implements RuntimeHintsRegistrar {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		register(hints, K2Event.class);
		register(hints, TransferDestination.class);
		register(hints, UnresolvedK2Request.class);
		hints.reflection().registerType(ToStringSerializer.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		hints.reflection()
			.registerTypeIfPresent(classLoader, "org.springframework.security.web.csrf.CsrfFilter",
					MemberCategory.ACCESS_DECLARED_FIELDS);
		hints.resources().registerPattern("io/github/k2connect/webhook/store/schema-*.sql");
		hints.resources().registerPattern("io/github/k2connect/webhook/inbox/schema-*.sql");
	}

	private void register(RuntimeHints hints, Class<?> type) {
		if (type.isSealed()) {
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				register(hints, permitted);
			}
		}
		else {
			this.bindings.registerReflectionHints(hints.reflection(), type);
		}
	}

}
