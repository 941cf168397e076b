package io.github.k2connect.token;

import java.util.Map;

import org.springframework.util.Assert;

/**
 * The client id and client secret of a Kopo Kopo account. Its {@code toString()} does not
 * show secrets.
 *
 * @param clientId the client id
 * @param clientSecret the client secret
 */
public record K2Credentials(String clientId, String clientSecret) {

	/**
	 * Check the credentials.
	 * @throws IllegalArgumentException if either is blank
	 */
	public K2Credentials {
		Assert.hasText(clientId, "clientId must not be blank");
		Assert.hasText(clientSecret, "clientSecret must not be blank");
	}

	/**
	 * Return credentials.
	 * @param clientId the client id
	 * @param clientSecret the client secret
	 * @return the credentials
	 * @throws IllegalArgumentException if either is blank
	 */
	public static K2Credentials of(String clientId, String clientSecret) {
		return new K2Credentials(clientId, clientSecret);
	}

	/**
	 * Return the fields of a form with these credentials and another field.
	 */
	Map<String, String> form(String name, String value) {
		return Map.of("client_id", this.clientId, "client_secret", this.clientSecret, name, value);
	}

	@Override
	public String toString() {
		return "K2Credentials[clientId=" + this.clientId + ", clientSecret=***]";
	}

}
