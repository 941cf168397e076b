package io.github.k2connect.autoconfigure;

import java.util.List;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.Payout;
import io.github.k2connect.event.TransferDestination;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ser.std.ToStringSerializer;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Runtime hints for native images: events as JSON, the scripts of the tables, the classes
 * whose presence is checked at runtime, and the settings of a connection pool, which are
 * copied.
 */
final class K2RuntimeHints implements RuntimeHintsRegistrar {

	private static final List<String> CHECKED = List.of("org.springframework.orm.jpa.JpaTransactionManager",
			"org.springframework.jdbc.datasource.ConnectionHolder",
			"com.github.kagkarlsson.scheduler.ExecutionTimeAndId", "com.zaxxer.hikari.HikariDataSource",
			"io.r2dbc.spi.ConnectionFactory", "org.reactivestreams.Publisher",
			"reactor.netty.http.server.HttpServerRequest", "org.slf4j.MDC");

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		register(hints, K2Event.class);
		register(hints, TransferDestination.class);
		register(hints, Payout.class);
		hints.reflection().registerType(ToStringSerializer.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		CHECKED.forEach((type) -> hints.reflection().registerTypeIfPresent(classLoader, type));
		hints.reflection()
			.registerTypeIfPresent(classLoader, "com.zaxxer.hikari.HikariConfig", MemberCategory.ACCESS_DECLARED_FIELDS)
			.registerTypeIfPresent(classLoader, "org.springframework.security.web.csrf.CsrfFilter",
					MemberCategory.ACCESS_DECLARED_FIELDS);
		hints.resources().registerPattern("io/github/k2connect/database/schema-*.sql");
	}

	private void register(RuntimeHints hints, Class<?> type) {
		if (type.isSealed()) {
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				register(hints, permitted);
			}
		}
		else {
			this.bindings.registerReflectionHints(hints.reflection(), type);
			registerInterfaces(hints, type);
		}
	}

	/**
	 * Jackson also looks for properties in the methods of interfaces.
	 */
	private void registerInterfaces(RuntimeHints hints, Class<?> type) {
		for (Class<?> implemented : type.getInterfaces()) {
			hints.reflection().registerType(implemented, MemberCategory.INVOKE_DECLARED_METHODS);
			registerInterfaces(hints, implemented);
		}
	}

}
