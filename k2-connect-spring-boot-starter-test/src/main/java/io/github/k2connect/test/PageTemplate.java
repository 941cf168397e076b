package io.github.k2connect.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Objects;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import wiremock.com.github.jknack.handlebars.Context;
import wiremock.com.github.jknack.handlebars.Handlebars;
import wiremock.com.github.jknack.handlebars.Template;
import wiremock.com.github.jknack.handlebars.ValueResolver;
import wiremock.com.github.jknack.handlebars.context.MapValueResolver;
import wiremock.com.github.jknack.handlebars.context.MethodValueResolver;
import wiremock.com.github.jknack.handlebars.io.ClassPathTemplateLoader;

/**
 * Files of the page, with headers that let a browser run nothing else.
 */
final class PageTemplate {

	private static final String FOLDER = "/io/github/k2connect/test/page/";

	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

	private PageTemplate() {
	}

	/**
	 * Respond with the page. All that is shown is escaped.
	 */
	static ResponseDefinition show(PageView view) {
		Context context = Context.newBuilder(view).resolver(Compiled.ACCESSORS, MapValueResolver.INSTANCE).build();
		try {
			return response("text/html; charset=utf-8").withBody(Compiled.PAGE.apply(context)).build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Respond with a file.
	 */
	static ResponseDefinition file(String name, String type) {
		try (InputStream file = PageTemplate.class.getResourceAsStream(FOLDER + name)) {
			return response(type).withBody(Objects.requireNonNull(file).readAllBytes()).build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ResponseDefinitionBuilder response(String type) {
		return WireMock.aResponse()
			.withStatus(200)
			.withHeader("content-type", type)
			.withHeader("content-security-policy", POLICY)
			.withHeader("x-content-type-options", "nosniff")
			.withHeader("referrer-policy", "same-origin")
			.withHeader("cache-control", "no-store");
	}

	/**
	 * The template, which is compiled when the page is first opened.
	 */
	private static final class Compiled {

		static final ValueResolver ACCESSORS = new Accessors();

		static final Template PAGE = compile();

		private static Template compile() {
			try {
				return new Handlebars(new ClassPathTemplateLoader(FOLDER, ".html")).compile("page");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * Resolver of names by methods without parameters, which need not be public.
	 */
	private static final class Accessors extends MethodValueResolver {

		@Override
		public boolean matches(Method method, String name) {
			return method.getName().equals(name) && method.getParameterCount() == 0;
		}

	}

}
