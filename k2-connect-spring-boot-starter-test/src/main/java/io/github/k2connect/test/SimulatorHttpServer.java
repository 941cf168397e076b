package io.github.k2connect.test;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.common.JettySettings;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import wiremock.org.eclipse.jetty.http.BadMessageException;
import wiremock.org.eclipse.jetty.http.HttpField;
import wiremock.org.eclipse.jetty.http.HttpFields;
import wiremock.org.eclipse.jetty.http.HttpHeader;
import wiremock.org.eclipse.jetty.http.HttpURI;
import wiremock.org.eclipse.jetty.io.NetworkTrafficListener;
import wiremock.org.eclipse.jetty.server.HttpChannel;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.HttpInput;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.ServerConnector;

/**
 * WireMock's server with other headers: response headers are in lower case, as at Kopo
 * Kopo, the content headers of requests are ignored, and a body has up to 2 MiB.
 */
final class SimulatorHttpServer extends Jetty11HttpServer {

	private static final EnumSet<HttpHeader> IGNORED_HEADERS = EnumSet.of(HttpHeader.CONTENT_TYPE,
			HttpHeader.CONTENT_ENCODING);

	private static final Pattern LONELY_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");

	SimulatorHttpServer(Options options, AdminRequestHandler adminRequestHandler,
			StubRequestHandler stubRequestHandler) {
		super(options, adminRequestHandler, stubRequestHandler);
	}

	@Override
	protected ServerConnector createHttpConnector(String bindAddress, int port, JettySettings jettySettings,
			NetworkTrafficListener listener) {
		ServerConnector connector = super.createHttpConnector(bindAddress, port, jettySettings, listener);
		connector.addBean(new LowerCaseHeaders());
		connector.getConnectionFactory(HttpConnectionFactory.class)
			.getHttpConfiguration()
			.addCustomizer((channelConnector, configuration, request) -> {
				ignoreHeaders(request);
				escapeQuery(request);
				request.getHttpInput().addInterceptor(new BodyLimit());
			});
		return connector;
	}

	private static void ignoreHeaders(Request request) {
		request.setHttpFields(HttpFields.build(request.getHttpFields()).remove(IGNORED_HEADERS).asImmutable());
		request.setContentType("application/octet-stream");
	}

	/**
	 * Escape percent signs of the query that escape nothing, which WireMock cannot read.
	 */
	private static void escapeQuery(Request request) {
		String query = request.getHttpURI().getQuery();
		if (query != null) {
			request.setHttpURI(HttpURI.build(request.getHttpURI())
				.query(LONELY_PERCENT.matcher(query).replaceAll("%25"))
				.asImmutable());
		}
	}

	/**
	 * Limit of a body, which is read into memory as a whole.
	 */
	private static final class BodyLimit implements HttpInput.Interceptor {

		private static final int MAX_SIZE = 2 * 1024 * 1024;

		private int size;

		@Override
		public HttpInput.Content readFrom(HttpInput.Content content) {
			this.size += content.remaining();
			if (this.size > MAX_SIZE) {
				throw new BadMessageException(413);
			}
			return content;
		}

	}

	/**
	 * Listener that replaces the headers of a response before they are sent, by headers
	 * with names unknown to Jetty, which it does not change.
	 */
	private static final class LowerCaseHeaders implements HttpChannel.Listener {

		@Override
		public void onResponseBegin(Request request) {
			HttpFields.Mutable headers = request.getResponse().getHttpFields();
			for (HttpHeader header : List.of(HttpHeader.LOCATION, HttpHeader.CONTENT_TYPE)) {
				String value = headers.get(header);
				if (value != null) {
					headers.remove(header);
					headers.add(new HttpField(null, header.asString().toLowerCase(Locale.ROOT), value));
				}
			}
			headers.remove("Matched-Stub-Id");
		}

	}

}
