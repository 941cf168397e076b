package io.github.k2connect.sample.shop;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser without JavaScript. It keeps cookies.
 */
public final class Browser {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.followRedirects(Redirect.NORMAL)
		.build();

	private final URI shop;

	private String authorization = "";

	public Browser(int port) {
		this.shop = URI.create("http://localhost:" + port);
	}

	/**
	 * Log in with every request from now on.
	 * @param user the user
	 * @param password the password
	 * @return this browser
	 */
	public Browser as(String user, String password) {
		this.authorization = "Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
		return this;
	}

	public HttpResponse<String> open(String path) throws IOException, InterruptedException {
		return this.client.send(request(path).build(), BodyHandlers.ofString());
	}

	/**
	 * Send a form of the shop: the token of a page is sent with it.
	 * @param path where to
	 * @param fields the fields that a customer sees
	 * @return the page that it leads to
	 */
	public HttpResponse<String> submit(String path, Map<String, String> fields)
			throws IOException, InterruptedException {
		return post(path, withToken(fields, csrfToken()));
	}

	/**
	 * Send a form of a page with the page's own token.
	 * @param page the page
	 * @param path where to
	 * @param fields the fields that a person sees
	 * @return the page that it leads to
	 */
	public HttpResponse<String> submit(String page, String path, Map<String, String> fields)
			throws IOException, InterruptedException {
		return post(path, withToken(fields, csrfToken(page)));
	}

	public CompletableFuture<HttpResponse<String>> submitAsync(String path, Map<String, String> fields)
			throws IOException, InterruptedException {
		return this.client.sendAsync(form(path, withToken(fields, csrfToken())), BodyHandlers.ofString());
	}

	/**
	 * Send fields as they are, as a page of anybody can make a browser do.
	 * @param path where to
	 * @param fields all fields
	 * @return the page that it leads to
	 */
	public HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
		return this.client.send(form(path, fields), BodyHandlers.ofString());
	}

	/**
	 * Open a page and return the token of its form.
	 * @return the token
	 */
	public String csrfToken() throws IOException, InterruptedException {
		return csrfToken("/products/kahawa");
	}

	private String csrfToken(String page) throws IOException, InterruptedException {
		Matcher token = CSRF_TOKEN.matcher(open(page).body());
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	public List<HttpCookie> cookies() {
		return this.cookies.getCookieStore().getCookies();
	}

	public void forgetCookies() {
		this.cookies.getCookieStore().removeAll();
	}

	public CompletableFuture<HttpResponse<Stream<String>>> listen(String path) {
		return this.client.sendAsync(request(path).build(), BodyHandlers.ofLines());
	}

	private static Map<String, String> withToken(Map<String, String> fields, String token) {
		Map<String, String> all = new HashMap<>(fields);
		all.put("_csrf", token);
		return all;
	}

	private HttpRequest form(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.shop.resolve(path))
			.header("Accept", "text/html")
			.timeout(TIMEOUT);
		return this.authorization.isEmpty() ? request : request.header("Authorization", this.authorization);
	}

}
