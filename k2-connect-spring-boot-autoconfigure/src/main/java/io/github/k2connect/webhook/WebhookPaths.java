package io.github.k2connect.webhook;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.k2connect.AccountName;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The paths of the webhook endpoint within the application, without the context path and
 * the path of the servlet. A slash at the end of the path of the default account makes no
 * difference.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookPaths {

	/**
	 * The result for a path without the name of an account. It is not a valid name, so a
	 * message to such a path is rejected.
	 */
	public static final String NO_ACCOUNT = "";

	/**
	 * The order of the mapping, before the application's controllers.
	 */
	public static final int MAPPING_ORDER = -100;

	private static final String ACCOUNT = "account";

	private final String path;

	private final @Nullable PathPattern namedAccount;

	private final List<PathPattern> defaultAccount;

	/**
	 * Create the paths.
	 * @param path the path for messages of the default account
	 * @param namedAccounts whether each other account has its own path: this path, a
	 * slash and the name of the account
	 */
	public WebhookPaths(String path, boolean namedAccounts) {
		this.path = StringUtils.trimTrailingCharacter(path, '/');
		this.defaultAccount = List.of(parse(this.path), parse(this.path + "/"));
		this.namedAccount = namedAccounts ? parse(this.path + "/{" + ACCOUNT + "}") : null;
	}

	private static PathPattern parse(String pattern) {
		return PathPatternParser.defaultInstance.parse(pattern);
	}

	/**
	 * Return the patterns of all paths, for mappings that support {@link PathPattern}.
	 * @return the patterns
	 */
	public List<String> patterns() {
		return (this.namedAccount != null) ? List.of(this.path, this.path + "/", this.namedAccount.getPatternString())
				: List.of(this.path, this.path + "/");
	}

	/**
	 * Return the mapping of all paths.
	 * @param controller handles the requests
	 * @return the controller for each pattern
	 */
	public Map<String, Object> mappedTo(Object controller) {
		return patterns().stream().collect(Collectors.toMap(Function.identity(), (pattern) -> controller));
	}

	/**
	 * Return the patterns of all paths, for the filters of a servlet container.
	 * @return the patterns
	 */
	public List<String> filterPatterns() {
		return (this.namedAccount != null) ? List.of(this.path + "/*") : List.of(this.path, this.path + "/");
	}

	/**
	 * Return the path for messages of an account.
	 * @param account the name of the account
	 * @return the path
	 */
	public String of(String account) {
		return account.equals(AccountName.DEFAULT) ? this.path : this.path + "/" + account;
	}

	/**
	 * Return the name of the account in a path. Do not use a mapping's template variables
	 * instead: Spring MVC extracts them from the path with its prefixes.
	 * @param path the path of a request, within the application
	 * @return the name, which is not verified
	 */
	public String account(PathContainer path) {
		if (this.defaultAccount.stream().anyMatch((pattern) -> pattern.matches(path))) {
			return AccountName.DEFAULT;
		}
		PathPattern.PathMatchInfo match = (this.namedAccount != null) ? this.namedAccount.matchAndExtract(path) : null;
		return (match != null) ? match.getUriVariables().getOrDefault(ACCOUNT, NO_ACCOUNT) : NO_ACCOUNT;
	}

}
