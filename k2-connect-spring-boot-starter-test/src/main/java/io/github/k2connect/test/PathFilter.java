package io.github.k2connect.test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestWrapper;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Filter that normalizes the paths of requests: it removes a slash at the end and
 * repeated slashes, which clients send when they join a base URL and a path.
 */
final class PathFilter implements StubRequestFilterV2 {

	private static final Pattern URL = Pattern.compile("(?<origin>[^:/]+://[^/?]*)(?<path>/[^?]*)(?<query>.*)",
			Pattern.DOTALL);

	private static final Pattern NEEDLESS_SLASHES = Pattern.compile("/+(?=/)|(?<=[^/])/+$");

	@Override
	public String getName() {
		return "path-filter";
	}

	@Override
	public RequestFilterAction filter(Request request, ServeEvent serveEvent) {
		return RequestFilterAction.continueWith(
				RequestWrapper.create().transformAbsoluteUrl(PathFilter::withoutNeedlessSlashes).wrap(request));
	}

	private static String withoutNeedlessSlashes(String url) {
		Matcher parts = URL.matcher(url);
		return parts.matches() ? parts.group("origin") + NEEDLESS_SLASHES.matcher(parts.group("path")).replaceAll("")
				+ parts.group("query") : url;
	}

}
