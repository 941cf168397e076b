package io.github.k2connect.followup;

import io.github.k2connect.client.K2Client;
import org.apiguardian.api.API;

/**
 * The API clients of the accounts.
 */
@FunctionalInterface
interface AccountClients {

	/**
	 * Return the client of an account.
	 * @param account the name of the account
	 * @return a client that sends the account's access token
	 */
	K2Client get(String account);

}
