package io.github.k2connect.recipient;

import java.net.URI;

import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import org.apiguardian.api.API;

/**
 * Client for recipients in one version of the API.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class RecipientClient {

	private final K2Client client;

	private final ApiVersion version;

	private final String resource;

	/**
	 * Create a client of recipients.
	 * @param client a client that sends an access token
	 * @param version the version of the API
	 */
	public RecipientClient(K2Client client, ApiVersion version) {
		this.client = client;
		this.version = version;
		this.resource = (version == ApiVersion.V1) ? "pay_recipients" : "external_recipients";
	}

	/**
	 * Add a recipient.
	 * @param recipient the recipient
	 * @return the absolute URL of the recipient
	 */
	public URI add(Recipient recipient) {
		return this.client.create(this.version, this.resource, RecipientJson.of(recipient, this.version));
	}

	/**
	 * Return the status of a recipient.
	 * @param location the URL of the recipient
	 * @return the status
	 */
	public RecipientStatus getStatus(URI location) {
		return this.client.fetch(this.version, location, RecipientStatus::from);
	}

}
