package io.github.k2connect.client;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import io.github.k2connect.Sha256;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The properties by which a second request with the same idempotency key is known to be
 * the same request: its type and what it says about amount, currency, recipient, till and
 * reference.
 * <p>
 * Fingerprints are stored for months. When the same properties get another text, raise
 * the {@link #VERSION}: fingerprints of different versions are not compared.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class Fingerprint {

	private static final String VERSION = "1:";

	private final String type;

	private final StringBuilder properties = new StringBuilder();

	private Fingerprint(String type) {
		this.type = type;
	}

	/**
	 * Create a fingerprint without properties.
	 * @param type the type of the request's result
	 * @return the fingerprint
	 */
	public static Fingerprint of(String type) {
		return new Fingerprint(type);
	}

	/**
	 * Return whether two texts of fingerprints may be of the same request.
	 */
	static boolean match(String one, String other) {
		return one.equals(other) || !version(one).equals(version(other));
	}

	private static String version(String text) {
		return text.substring(0, text.indexOf(':') + 1);
	}

	/**
	 * Add a property.
	 * @param name the name of the property
	 * @param value its value, or {@code null} if the request has none
	 * @return this fingerprint
	 */
	public Fingerprint with(String name, @Nullable String value) {
		if (value != null) {
			this.properties.append(name).append('=').append(value.length()).append(':').append(value).append(';');
		}
		return this;
	}

	/**
	 * Add an amount.
	 * @param currency the currency
	 * @param value the amount, or {@code null} for the whole balance
	 * @return this fingerprint
	 */
	public Fingerprint amount(String currency, @Nullable BigDecimal value) {
		return with("currency", currency).with("amount",
				(value != null) ? value.stripTrailingZeros().toPlainString() : null);
	}

	/**
	 * Return the type of the request's result.
	 */
	String type() {
		return this.type;
	}

	/**
	 * Return the properties that were added, as a text.
	 * @return a text that is different for different properties
	 */
	public String properties() {
		return this.properties.toString();
	}

	/**
	 * Return the text to store.
	 */
	@Override
	public String toString() {
		return VERSION + Sha256.hex(new Fingerprint("").with("type", this.type)
			.with("properties", properties())
			.properties()
			.getBytes(StandardCharsets.UTF_8));
	}

}
