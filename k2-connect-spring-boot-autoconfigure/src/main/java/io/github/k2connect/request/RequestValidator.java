package io.github.k2connect.request;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.PhoneNumber;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Validator that collects all violations of a request. A violation is a sentence that
 * names a property and says what is wrong, for example {@code amount must be positive}.
 * It never contains the value. Each check returns the value to send.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class RequestValidator {

	/**
	 * The only currency that Kopo Kopo accepts.
	 */
	public static final String CURRENCY = "KES";

	private static final URI INVALID_URL = URI.create("invalid:url");

	private static final int MAX_DECIMALS = 2;

	private static final int MAX_INTEGER_DIGITS = 15;

	private static final int MAX_METADATA = 5;

	private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[ -~]{1,255}");

	private final List<Violation> violations = new ArrayList<>();

	/**
	 * Check a required text.
	 * @param name the property
	 * @param text its value
	 * @return the text, or an empty text after a violation
	 */
	public String required(String name, @Nullable String text) {
		if (StringUtils.hasText(text)) {
			return text;
		}
		add(name, "is required");
		return "";
	}

	/**
	 * Check a required value of another type.
	 * @param name the property
	 * @param value its value
	 */
	public void required(String name, @Nullable Object value) {
		if (value == null) {
			add(name, "is required");
		}
	}

	/**
	 * Return an optional text. A blank text is left out.
	 * @param text the value
	 * @return the text, or {@code null}
	 */
	public @Nullable String optional(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

	/**
	 * Check a list of texts that must not be blank.
	 * @param name the property
	 * @param texts its value, or {@code null}
	 * @return an unmodifiable copy
	 */
	public List<String> texts(String name, @Nullable List<String> texts) {
		if (texts == null) {
			return List.of();
		}
		if (!texts.stream().allMatch(StringUtils::hasText)) {
			add(name, "must not contain blank entries");
			return List.of();
		}
		return List.copyOf(texts);
	}

	/**
	 * Check a required phone number.
	 * @param name the property
	 * @param text its value
	 * @param format the format to send
	 * @return the number to send
	 */
	public String phoneNumber(String name, @Nullable String text, Function<PhoneNumber, String> format) {
		if (!StringUtils.hasText(text)) {
			return required(name, text);
		}
		Optional<PhoneNumber> number = PhoneNumber.parse(text);
		if (number.isEmpty()) {
			add(name, "must be a Kenyan phone number such as +254 and nine digits");
		}
		return number.map(format).orElse("");
	}

	/**
	 * Check a required amount of money.
	 * @param name the property
	 * @param amount its value
	 * @return the amount
	 */
	public BigDecimal amount(String name, @Nullable BigDecimal amount) {
		required(name, amount);
		return (amount != null) ? optionalAmount(name, amount) : BigDecimal.ZERO;
	}

	/**
	 * Check an amount of money.
	 * @param name the property
	 * @param amount its value
	 * @return the amount with at most two decimals
	 */
	public BigDecimal optionalAmount(String name, BigDecimal amount) {
		BigDecimal stripped = amount.stripTrailingZeros();
		if (amount.signum() <= 0) {
			add(name, "must be positive");
		}
		else if (stripped.scale() > MAX_DECIMALS) {
			add(name, "must have at most " + MAX_DECIMALS + " decimals");
		}
		else if ((long) stripped.precision() - stripped.scale() > MAX_INTEGER_DIGITS) {
			add(name, "must have at most " + MAX_INTEGER_DIGITS + " digits before the decimal point");
		}
		else if (amount.scale() < 0 || amount.scale() > MAX_DECIMALS) {
			return stripped.setScale(Math.max(stripped.scale(), 0));
		}
		return amount;
	}

	/**
	 * Check a currency.
	 * @param currency its value, or {@code null} for Kenyan shillings
	 * @return {@value #CURRENCY}
	 */
	public String currency(@Nullable String currency) {
		if (StringUtils.hasText(currency) && !currency.equals(CURRENCY)) {
			add("currency", "must be " + CURRENCY);
		}
		return CURRENCY;
	}

	/**
	 * Check a URL that Kopo Kopo calls.
	 * @param name the property
	 * @param url its value, or {@code null}
	 */
	public void callbackUrl(String name, @Nullable URI url) {
		if (url != null && !isAbsolute(url)) {
			add(name, "must be an absolute http or https URL");
		}
	}

	private static boolean isAbsolute(URI url) {
		return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
				&& StringUtils.hasText(url.getHost());
	}

	/**
	 * Parse a URL. An invalid URL becomes one that {@link #callbackUrl} rejects, so that
	 * it is reported together with the other violations.
	 * @param url the URL as written, or {@code null}
	 * @return the URL, or {@code null}
	 */
	public static @Nullable URI parseUrl(@Nullable String url) {
		try {
			return (url != null) ? new URI(url.strip()) : null;
		}
		catch (URISyntaxException ex) {
			return INVALID_URL;
		}
	}

	/**
	 * Check the reference of a scope.
	 * @param scope the scope, or {@code null}
	 * @param reference the number of the till if the scope is a till
	 * @return the reference, or {@code null}; a reference that the scope does not need is
	 * kept
	 */
	public @Nullable String scopeReference(@Nullable Scope scope, @Nullable String reference) {
		if (scope == Scope.TILL && !StringUtils.hasText(reference)) {
			add("scopeReference", "is required for a till");
		}
		return optional(reference);
	}

	/**
	 * Check the merchant's own data.
	 * @param metadata the pairs, or {@code null}
	 * @return an unmodifiable copy in the same order
	 */
	public Map<String, String> metadata(@Nullable Map<String, String> metadata) {
		if (metadata == null) {
			return Map.of();
		}
		Map<String, String> copy = new LinkedHashMap<>(metadata);
		if (copy.size() > MAX_METADATA) {
			add("metadata", "must have at most " + MAX_METADATA + " entries");
		}
		copy.forEach((key, value) -> {
			if (key == null || key.isBlank() || value == null) {
				add("metadata", "must have a key and a value in each entry");
			}
		});
		return Collections.unmodifiableMap(copy);
	}

	/**
	 * Check an idempotency key.
	 * @param key its value, or {@code null}
	 * @return the same key
	 */
	public @Nullable String idempotencyKey(@Nullable String key) {
		if (key != null && !IDEMPOTENCY_KEY.matcher(key).matches()) {
			add("idempotencyKey", "must have 1 to 255 printable ASCII characters");
		}
		return key;
	}

	/**
	 * Check the properties that the request has besides its own. That the request does
	 * not have them itself is checked when it is sent.
	 * @param extra the values by their paths, or {@code null}
	 * @return an unmodifiable copy
	 */
	public Map<String, Object> extra(@Nullable Map<String, Object> extra) {
		return (extra == null || extra.isEmpty()) ? Map.of() : new ExtraProperties(this).copy(extra);
	}

	/**
	 * Add a violation.
	 * @param name the property
	 * @param problem the rest of a sentence that begins with the property, without the
	 * value
	 */
	public void add(String name, String problem) {
		add(new Violation(name, name + " " + problem));
	}

	private void add(Violation violation) {
		if (!this.violations.contains(violation)) {
			this.violations.add(violation);
		}
	}

	/**
	 * Create the request, and throw its violations together with those collected here.
	 * @param <T> the type of the request
	 * @param request creates the request
	 * @return the request
	 * @throws InvalidK2RequestException if there is any violation
	 */
	public <T> T with(Supplier<T> request) {
		try {
			T made = request.get();
			throwIfAny();
			return made;
		}
		catch (InvalidK2RequestException ex) {
			ex.violations().forEach(this::add);
			throw new InvalidK2RequestException(this.violations);
		}
	}

	/**
	 * Throw all violations, if there are any.
	 * @throws InvalidK2RequestException if there is any violation
	 */
	public void throwIfAny() {
		if (!this.violations.isEmpty()) {
			throw new InvalidK2RequestException(this.violations);
		}
	}

}
