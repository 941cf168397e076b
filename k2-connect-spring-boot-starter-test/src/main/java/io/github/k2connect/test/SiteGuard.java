package io.github.k2connect.test;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Filter against other sites that are open in a browser on the same computer. It refuses
 * requests from another site, but for links to the page. It also refuses requests to a
 * name that another site may have bound to this address. Where other computers may call
 * the simulator, which know it by any name, this concerns the page only.
 */
final class SiteGuard implements StubRequestFilterV2 {

	/**
	 * Names that no site on the Internet can have, and addresses.
	 */
	private static final Pattern OWN_HOST = Pattern
		.compile("(?:.+\\.)?(?:localhost|test|internal)|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

	private static final Pattern PAGE = Pattern.compile("/(?:\\?.*|page/.*)?", Pattern.DOTALL);

	private static final Pattern PORT = Pattern.compile(":[0-9]*$");

	private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

	private final boolean loopback;

	/**
	 * Create a filter.
	 * @param loopback whether only this computer can call the simulator
	 */
	SiteGuard(boolean loopback) {
		this.loopback = loopback;
	}

	@Override
	public String getName() {
		return "site-guard";
	}

	@Override
	public RequestFilterAction filter(Request request, ServeEvent serveEvent) {
		boolean page = PAGE.matcher(request.getUrl()).matches();
		if ((this.loopback || page) && !isToOwnHost(request)) {
			return refuse("Call localhost, or the address of the simulator.");
		}
		boolean link = page && request.getMethod().equals(RequestMethod.GET);
		if (!link && isFromOtherSite(request)) {
			return refuse("The request comes from another site.");
		}
		return RequestFilterAction.continueWith(request);
	}

	private static boolean isToOwnHost(Request request) {
		return OWN_HOST.matcher(PORT.matcher(host(request)).replaceAll("")).matches();
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
		return request.containsHeader(name) ? Optional.of(request.getHeader(name)) : Optional.empty();
	}

	private static RequestFilterAction refuse(String reason) {
		return RequestFilterAction.stopWith(WireMock.aResponse()
			.withStatus(403)
			.withHeader("content-type", "text/plain; charset=utf-8")
			.withBody(reason)
			.build());
	}

}
