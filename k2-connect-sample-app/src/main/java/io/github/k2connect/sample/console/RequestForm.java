package io.github.k2connect.sample.console;

import java.lang.reflect.Method;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.request.RequestBuilder;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Builds a request from the fields of a form, whose names are those of the request's
 * properties.
 */
final class RequestForm {

	private static final DefaultConversionService CONVERSIONS = new DefaultConversionService();

	static {
		CONVERSIONS.addConverter(String.class, OffsetDateTime.class, OffsetDateTime::parse);
		CONVERSIONS.addConverter(String.class, Map.class, RequestForm::parseMap);
	}

	private RequestForm() {
	}

	/**
	 * Set the fields, and build the request.
	 * @param <T> the type of the request
	 * @param builder the builder of the request
	 * @param fields the fields; a blank one is not set
	 * @return the request
	 * @throws InvalidK2RequestException if anything is missing or wrong
	 */
	static <T> T build(RequestBuilder<T, ?> builder, Map<String, String> fields) {
		Map<String, Violation> unreadable = new LinkedHashMap<>();
		fields.forEach((property, text) -> {
			try {
				if (StringUtils.hasText(text)) {
					set(builder, property, text.strip());
				}
			}
			catch (ConversionException ex) {
				unreadable.put(property, Violation.of(property, property + " cannot be read"));
			}
		});
		try {
			T request = builder.build();
			throwIfAny(List.copyOf(unreadable.values()));
			return request;
		}
		catch (InvalidK2RequestException ex) {
			List<Violation> violations = new ArrayList<>(unreadable.values());
			ex.violations()
				.stream()
				.filter((violation) -> !unreadable.containsKey(violation.property()))
				.forEach(violations::add);
			throw new InvalidK2RequestException(violations);
		}
	}

	private static void throwIfAny(List<Violation> violations) {
		if (!violations.isEmpty()) {
			throw new InvalidK2RequestException(violations);
		}
	}

	/**
	 * Return whether a request has a property that can be set.
	 * @param builder the builder of the request
	 * @param property the property
	 * @return {@code false} if the builder sets it itself
	 */
	static boolean hasProperty(Object builder, String property) {
		return setter(builder, property).isPresent();
	}

	private static Optional<Method> setter(Object builder, String property) {
		return Arrays.stream(builder.getClass().getMethods())
			.filter((method) -> method.getName().equals(property) && method.getParameterCount() == 1)
			.min(Comparator.comparing((method) -> rank(method.getParameterTypes()[0])));
	}

	private static void set(Object builder, String property, String text) {
		Method setter = setter(builder, property)
			.orElseThrow(() -> new IllegalArgumentException("There is no property " + property));
		ReflectionUtils.makeAccessible(setter);
		ReflectionUtils.invokeMethod(setter, builder, CONVERSIONS.convert(text, setter.getParameterTypes()[0]));
	}

	private static int rank(Class<?> type) {
		if (type == String.class) {
			return 0;
		}
		return type.isPrimitive() ? 2 : 1;
	}

	private static Map<String, String> parseMap(String text) {
		Map<String, String> map = new LinkedHashMap<>();
		for (String entry : StringUtils.commaDelimitedListToStringArray(text)) {
			String[] pair = entry.split("=", 2);
			map.put(pair[0].strip(), (pair.length > 1) ? pair[1].strip() : "");
		}
		return map;
	}

}
