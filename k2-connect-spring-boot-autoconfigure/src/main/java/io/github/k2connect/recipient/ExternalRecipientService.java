package io.github.k2connect.recipient;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;

/**
 * Service for adding recipients to whom the merchant sends money. It always uses version
 * 2 of the API.
 */
public class ExternalRecipientService {

	private static final String RESOURCE = "external_recipients";

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public ExternalRecipientService(K2Client client) {
		this.client = client.withVersion(ApiVersion.V2);
	}

	/**
	 * Add a recipient. Kopo Kopo sends no result: get the status to find its reference.
	 * @param recipient the recipient
	 * @return the absolute URL of the recipient
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the recipient may still have been added
	 */
	public URI addExternalRecipient(Recipient recipient) {
		return this.client.create(RESOURCE, recipient.toJson(ApiVersion.V2));
	}

	/**
	 * Return the status of a recipient.
	 * @param location its URL, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getStatus(URI location) {
		return this.client.fetch(location, RecipientStatus::from);
	}

	/**
	 * Return the status of a recipient.
	 * @param id its {@linkplain io.github.k2connect.K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getStatus(String id) {
		return getStatus(this.client.location(RESOURCE, id));
	}

}
