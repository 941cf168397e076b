package io.github.k2connect.recipient;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;

/**
 * Adds recipients to whom the merchant wants to send money. Always uses version 2.
 */
public class ExternalRecipientService {

	private final RecipientClient recipients;

	/**
	 * Create a service.
	 * @param client a client that attaches a token
	 */
	public ExternalRecipientService(K2Client client) {
		this.recipients = new RecipientClient(client, ApiVersion.V2);
	}

	/**
	 * Add a recipient. No result is sent: get the status to learn its reference.
	 * @param recipient the recipient
	 * @return the absolute address of the recipient
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the recipient may have been added all the same
	 */
	public URI addExternalRecipient(Recipient recipient) {
		return this.recipients.add(recipient);
	}

	/**
	 * Return the status of a recipient.
	 * @param location its address, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public RecipientStatus getStatus(URI location) {
		return this.recipients.getStatus(location);
	}

}
