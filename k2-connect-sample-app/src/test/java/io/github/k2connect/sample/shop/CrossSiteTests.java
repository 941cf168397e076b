package io.github.k2connect.sample.shop;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the protection against cross-site request forgery.
 */
@ShopTest
class CrossSiteTests {

	private static final String CHECKOUT = "/products/kahawa/orders";

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private JdbcClient jdbcClient;

	private final Browser customer;

	private final Browser attacker;

	CrossSiteTests(@LocalServerPort int port) {
		this.customer = new Browser(port);
		this.attacker = new Browser(port);
	}

	@BeforeEach
	void startAfresh() {
		this.jdbcClient.sql("delete from shop_order").update();
		this.simulator.reset();
	}

	@Test
	void rejectsFormWithoutToken() throws Exception {
		this.customer.open("/products/kahawa");
		assertRefused(this.customer.post(CHECKOUT, fields(null)));
	}

	@Test
	void rejectsFormFromBrowserThatNeverVisitedShop() throws Exception {
		assertRefused(this.customer.post(CHECKOUT, fields(null)));
	}

	@Test
	void rejectsTokenOfAnotherBrowser() throws Exception {
		this.customer.open("/products/kahawa");
		assertRefused(this.customer.post(CHECKOUT, fields(this.attacker.csrfToken())));
	}

	@Test
	void rejectsTokenWithoutCookie() throws Exception {
		String token = this.customer.csrfToken();
		this.customer.forgetCookies();
		assertRefused(this.customer.post(CHECKOUT, fields(token)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAA", "not base64 at all", "\u0000", "ٱلْعَرَبِيَّة" })
	void rejectsMalformedToken(String token) throws Exception {
		this.customer.open("/products/kahawa");
		assertRefused(this.customer.post(CHECKOUT, fields(token)));
	}

	@Test
	void linksRejectedFormBackToItself() throws Exception {
		HttpResponse<String> page = this.customer.post(CHECKOUT, fields(null));
		assertThat(page.body()).contains("<h1>Please open the form again</h1>")
			.contains("Nothing was sent to M-PESA")
			.contains("allow cookies")
			.contains("href=\"" + CHECKOUT + "\">Open the form again")
			.contains("href=\"/\">Back to the shop");
		assertThat(this.customer.open(CHECKOUT).uri().getPath()).isEqualTo("/products/kahawa");
	}

	@Test
	void acceptsFormsInTwoTabs() throws Exception {
		String first = this.customer.csrfToken();
		String second = this.customer.csrfToken();
		assertThat(this.customer.post(CHECKOUT, fields(first)).statusCode()).isEqualTo(200);
		assertThat(this.customer.post(CHECKOUT, fields(second)).statusCode()).isEqualTo(200);
	}

	@Test
	void hidesCookieFromScriptsAndOtherSites() throws Exception {
		HttpResponse<String> page = this.customer.open("/products/kahawa");
		assertThat(page.headers().allValues("Set-Cookie")).singleElement()
			.asString()
			.startsWith("XSRF-TOKEN=")
			.contains("HttpOnly")
			.contains("SameSite=Lax");
		this.customer.submit(CHECKOUT, fields(null));
		assertThat(this.customer.cookies()).extracting(HttpCookie::getName).containsExactly("XSRF-TOKEN");
	}

	@Test
	void setsCookieWhereverFormIsOnPage() throws Exception {
		assertThat(this.customer.open("/tall").body()).hasSizeGreaterThan(20_000).contains("name=\"_csrf\"");
		assertThat(this.customer.cookies()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/shop.css", "/nowhere" })
	void setsNoCookieOnPageWithoutForm(String path) throws Exception {
		assertThat(this.customer.open(path).headers().allValues("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/logout" })
	void offersNoLogin(String path) throws Exception {
		assertThat(this.customer.open(path).statusCode()).isEqualTo(404);
		assertThat(this.customer.submit(path, Map.of()).statusCode()).isIn(404, 405);
	}

	private void assertRefused(HttpResponse<String> page) {
		assertThat(page.statusCode()).isEqualTo(403);
		assertThat(page.body()).contains("Please open the form again");
		assertThat(this.simulator.requests()).extracting(SimulatedRequest::path)
			.noneMatch((path) -> path.endsWith("/incoming_payments"));
		assertThat(this.jdbcClient.sql("select count(*) from shop_order").query(Long.class).single()).isZero();
	}

	private static Map<String, String> fields(@Nullable String csrfToken) {
		Map<String, String> fields = new HashMap<>();
		fields.put("phoneNumber", SimulatedPhoneNumber.NEVER_ANSWERS);
		fields.put("orderId", UUID.randomUUID().toString());
		if (csrfToken != null) {
			fields.put("_csrf", csrfToken);
		}
		return fields;
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class TallPageConfiguration implements WebMvcConfigurer {

		@Override
		public void addViewControllers(ViewControllerRegistry registry) {
			registry.addViewController("/tall").setViewName("tall");
		}

	}

}
