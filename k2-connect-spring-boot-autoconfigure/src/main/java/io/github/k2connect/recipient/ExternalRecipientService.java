package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;

/**
 * Service for adding recipients to whom the merchant sends money. It always uses version
 * 2 of the API.
 */
public class ExternalRecipientService {

	private static final String RESOURCE = "external_recipients";

	private final ApiClient client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public ExternalRecipientService(K2Client client) {
		this.client = ApiClient.of(client).withVersion(ApiVersion.V2);
	}

	/**
	 * Add a recipient. Kopo Kopo sends no result: get the status to find its reference.
	 * @param recipient the recipient
	 * @return the location of the recipient
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the recipient may still have been added
	 */
	public K2Location addExternalRecipient(Recipient recipient) {
		return this.client.create(RESOURCE, recipient.toJson(ApiVersion.V2));
	}

	/**
	 * Return the status of a recipient.
	 * @param location the location that was returned when it was added
	 * @return the current status
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getStatus(K2Location location) {
		return this.client.fetch(location, RecipientStatus::from);
	}

	/**
	 * Return the status of a recipient.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return the current status
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getStatus(String location) {
		return getStatus(this.client.location(RESOURCE, location));
	}

}
