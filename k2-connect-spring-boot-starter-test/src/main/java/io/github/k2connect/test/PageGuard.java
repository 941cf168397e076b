package io.github.k2connect.test;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * Guard of the page against other sites that are open in the same browser. A request from
 * another site is refused. So is a request to a host name other than the simulator's own,
 * which may be a name that another site has bound to this address.
 */
final class PageGuard {

	private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

	private static final Pattern PORT = Pattern.compile(":[0-9]*$");

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final String hostName;

	/**
	 * Create a guard.
	 * @param hostName the host name on which the simulator listens
	 */
	PageGuard(String hostName) {
		this.hostName = hostName;
	}

	/**
	 * Guard what changes something.
	 */
	Function<Request, ResponseDefinition> guardAction(Function<Request, ResponseDefinition> response) {
		return guard((request) -> isFromOtherSite(request) ? refusal("The request comes from another site.")
				: response.apply(request));
	}

	/**
	 * Guard what only shows something. A link from another site may lead to it.
	 */
	Function<Request, ResponseDefinition> guard(Function<Request, ResponseDefinition> response) {
		return (request) -> isToOwnHost(request) ? response.apply(request)
				: refusal("Open the page on localhost, or on the address of the simulator.");
	}

	private boolean isToOwnHost(Request request) {
		String name = PORT.matcher(host(request)).replaceAll("");
		return name.equals("localhost") || name.equals(this.hostName) || IP_ADDRESS.matcher(name).matches();
	}

	private static boolean isFromOtherSite(Request request) {
		return header(request, "Origin").filter((origin) -> !origin.equals("http://" + host(request))).isPresent()
				|| header(request, "Sec-Fetch-Site").filter((site) -> !OWN_SITE.contains(site)).isPresent();
	}

	/**
	 * Return the host and port that a request is sent to.
	 */
	static String host(Request request) {
		return header(request, "Host").orElseGet(() -> request.getHost() + ":" + request.getPort())
			.toLowerCase(Locale.ROOT);
	}

	private static Optional<String> header(Request request, String name) {
		return Optional.ofNullable(request.getHeader(name));
	}

	private static ResponseDefinition refusal(String reason) {
		return WireMock.aResponse()
			.withStatus(403)
			.withHeader("content-type", "text/plain; charset=utf-8")
			.withBody(reason)
			.build();
	}

}
