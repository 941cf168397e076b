package io.github.k2connect.webhook;

import java.util.List;

import org.apiguardian.api.API;

import org.springframework.util.StringUtils;

/**
 * The paths of the webhook endpoint.
 *
 * @param path the path for messages of the default account
 * @param namedAccounts whether each other account has its own path: this path, a slash
 * and the name of the account
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record WebhookPaths(String path, boolean namedAccounts) {

	/**
	 * The pattern's variable for the name of the account.
	 */
	static final String ACCOUNT = "account";

	/**
	 * Return the patterns of all paths.
	 * @return one or two patterns
	 */
	public List<String> patterns() {
		return this.namedAccounts ? List.of(this.path, parent() + "/{" + ACCOUNT + "}") : List.of(this.path);
	}

	/**
	 * Return what a slash and the name of an account follow.
	 * @return the path, without a slash at its end
	 */
	public String parent() {
		return StringUtils.trimTrailingCharacter(this.path, '/');
	}

}
