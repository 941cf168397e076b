package io.github.k2connect.sample.console;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.account.K2Account;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.request.RequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A call of a service.
 *
 * @param service the name of the service
 * @param title what the call does
 * @param fields the fields of its form
 * @param action makes the call with the values of the fields; it returns a location or
 * another result
 * @param status requests the status, or {@code null} if there is none
 * @param await waits for the result, or {@code null} if there is none
 */
record Call(String service, String title, List<Field> fields, BiFunction<K2Account, Map<String, String>, Object> action,
		@Nullable BiFunction<K2Account, String, Object> status, @Nullable Await await) {

	/**
	 * Create a call with a request.
	 * @param <R> the type of the request
	 * @param service the name of the service
	 * @param title what the call does
	 * @param type the type of the request, whose properties are the fields
	 * @param builder creates a builder of the request
	 * @param action makes the call
	 * @return the call
	 */
	static <R> Call of(String service, String title, Class<? extends R> type,
			Supplier<? extends RequestBuilder<? extends R, ?>> builder, BiFunction<K2Account, R, Object> action) {
		Set<String> required = requiredProperties(builder.get());
		List<Field> fields = Arrays.stream(type.getRecordComponents())
			.filter((component) -> RequestForm.hasProperty(builder.get(), component.getName()))
			.map((component) -> Field.of(component, required.contains(component.getName())))
			.toList();
		return new Call(service, title, fields,
				(account, values) -> action.apply(account, RequestForm.build(builder.get(), values)), null, null);
	}

	private static Set<String> requiredProperties(RequestBuilder<?, ?> builder) {
		try {
			builder.build();
			return Set.of();
		}
		catch (InvalidK2RequestException ex) {
			return ex.violations().stream().map(Violation::property).collect(Collectors.toSet());
		}
	}

	/**
	 * Set the example for a field.
	 * @param name the field
	 * @param example the value
	 * @return the changed call
	 */
	Call with(String name, String example) {
		List<Field> changed = this.fields.stream()
			.map((field) -> field.name().equals(name) ? field.withExample(example) : field)
			.toList();
		return new Call(this.service, this.title, changed, this.action, this.status, this.await);
	}

	Call status(BiFunction<K2Account, String, Object> status) {
		return new Call(this.service, this.title, this.fields, this.action, status, null);
	}

	/**
	 * Set the service that has the result.
	 * @param service returns the service of an account
	 * @return the changed call
	 */
	Call result(Function<K2Account, ResultService<?>> service) {
		return new Call(this.service, this.title, this.fields, this.action,
				(account, location) -> service.apply(account).getStatus(location),
				(account, location, timeout) -> service.apply(account).awaitResult(location, timeout));
	}

	/**
	 * Return the id in the address of the call's page.
	 * @return the id
	 */
	public String id() {
		return this.title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
	}

	/**
	 * Waits for a result.
	 */
	interface Await {

		Object result(K2Account account, String location, Duration timeout);

	}

}
