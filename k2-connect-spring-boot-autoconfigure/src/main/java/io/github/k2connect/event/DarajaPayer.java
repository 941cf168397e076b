package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The customer or the other till that paid a {@link DarajaTransaction}.
 *
 * @param msisdn the customer's phone number, a hash of it, or the till that paid
 * @param firstName the customer's first name
 * @param middleName the customer's middle name
 * @param lastName the customer's last name
 */
public record DarajaPayer(@Nullable String msisdn, @Nullable String firstName, @Nullable String middleName,
		@Nullable String lastName) {

	private static final DarajaPayer NONE = new DarajaPayer(null, null, null, null);

	/**
	 * Read the payer from the properties of a message.
	 * @param json the message
	 * @return the payer, or {@code null} when the message has none of its properties
	 */
	static @Nullable DarajaPayer from(JsonObject json) {
		DarajaPayer payer = new DarajaPayer(json.text("MSISDN"), json.text("FirstName"), json.text("MiddleName"),
				json.text("LastName"));
		return !payer.equals(NONE) ? payer : null;
	}

}
