package io.github.k2connect.recipient;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;

/**
 * Adds whom the merchant wants to send money to. Always uses version 2.
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
	 * Add a recipient. No result is sent: ask for the status to learn its reference.
	 * @param recipient the recipient
	 * @return the absolute address of the recipient
	 * @throws K2Exception if it fails; where {@link K2Exception#outcomeUnknown()} is
	 * true, the recipient may have been added all the same
	 */
	public URI addExternalRecipient(Recipient recipient) {
		return this.recipients.add(recipient);
	}

	/**
	 * Ask how a recipient stands.
	 * @param location its address, as returned when it was added, or relative
	 * @return how it stands
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if it fails
	 */
	public RecipientStatus getStatus(URI location) {
		return this.recipients.getStatus(location);
	}

}
