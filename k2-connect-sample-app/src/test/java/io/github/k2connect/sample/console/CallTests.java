package io.github.k2connect.sample.console;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the forms of the calls.
 */
@ConsoleTest
class CallTests {

	private static final String PUSH = "/console/calls/ask-a-phone-to-pay";

	@Autowired
	private K2Simulator simulator;

	private final Browser browser;

	CallTests(@LocalServerPort int port) {
		this.browser = new Browser(port).as("user", "karibu");
	}

	@BeforeEach
	void reset() {
		this.simulator.reset();
	}

	@Test
	void linksEachCallOnce() throws Exception {
		String page = this.browser.open("/console/calls").body();
		assertThat(Calls.all()).extracting(Call::id)
			.doesNotHaveDuplicates()
			.hasSizeGreaterThan(20)
			.allSatisfy((id) -> assertThat(page).contains("href=\"/console/calls/" + id + "\""));
	}

	@ParameterizedTest
	@MethodSource("callsWithLocation")
	void makesCallWithExampleAndShowsItsStatus(String id) throws Exception {
		Call call = Calls.find(id).orElseThrow();
		assertThat(this.browser.open("/console/calls/" + id).body()).contains("<form class=\"sheet\"");
		HttpResponse<String> page = submit(id, example(call));
		assertThat(page.body()).contains("<code class=\"location\">" + this.simulator.baseUrl() + "/api/v");
		HttpResponse<String> status = this.browser
			.open(page.uri().getRawPath() + "?" + page.uri().getRawQuery() + "&check=status");
		assertThat(status.statusCode()).isEqualTo(200);
		assertThat(status.body()).contains("<h2>Result</h2>").contains("<dt>");
	}

	private static Stream<String> callsWithLocation() {
		return Calls.all().stream().filter((call) -> call.status() != null).map(Call::id);
	}

	@ParameterizedTest
	@MethodSource("tokenCalls")
	void showsNoToken(String id) throws Exception {
		HttpResponse<String> page = submit(id, Map.of());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<h2>Result</h2>").doesNotContainPattern("accessToken=(?!\\*\\*\\*)");
	}

	private static Stream<String> tokenCalls() {
		return Calls.all().stream().filter((call) -> call.service().equals("Tokens")).map(Call::id);
	}

	@Test
	void waitsForResult() throws Exception {
		HttpResponse<String> page = submit("ask-a-phone-to-pay",
				example(Calls.find("ask-a-phone-to-pay").orElseThrow()));
		assertThat(this.browser.open(page.uri().getRawPath() + "?" + page.uri().getRawQuery() + "&check=await").body())
			.contains("<dd>Success</dd>");
	}

	@Test
	void cancelsPaymentLink() throws Exception {
		HttpResponse<String> page = submit("create-a-payment-link",
				example(Calls.find("create-a-payment-link").orElseThrow()));
		String location = HtmlUtils.htmlUnescape(page.body().replaceFirst("(?s).*class=\"location\">([^<]+)<.*", "$1"));
		submit("cancel-a-payment-link", Map.of("location", location));
		assertThat(requests()).contains(URI.create(location).getPath() + "/cancel");
	}

	@Test
	void showsEachViolationAtItsField() throws Exception {
		HttpResponse<String> page = submit("ask-a-phone-to-pay",
				Map.of("tillNumber", "K000000", "phoneNumber", "12", "amount", "many", "callbackUrl", "nowhere"));
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("Nothing was sent")
			.contains("href=\"#amount\">amount cannot be read")
			.contains("href=\"#phoneNumber\">phoneNumber must be a Kenyan phone number")
			.contains("href=\"#callbackUrl\">callbackUrl must be an absolute http or https URL")
			.contains("id=\"amount-error\"")
			.contains("id=\"phoneNumber-error\"")
			.contains("aria-describedby=\"callbackUrl-error callbackUrl-hint\"")
			.doesNotContain("id=\"tillNumber-error\"")
			.contains("value=\"many\"");
		assertThat(requests()).noneMatch((path) -> path.endsWith("/incoming_payments"));
	}

	@Test
	void fillsFormFromLink() throws Exception {
		assertThat(this.browser.open("/console/calls/reverse-a-payment?transactionReference=TKABC").body())
			.containsPattern("name=\"transactionReference\"[^>]* value=\"TKABC\"");
	}

	@Test
	void showsWhyStatusFailed() throws Exception {
		HttpResponse<String> page = this.browser
			.open(PUSH + "/result?check=status&location=/api/v1/incoming_payments/unheard-of");
		assertThat(page.statusCode()).isEqualTo(502);
		assertThat(page.body()).contains("The call failed").contains("404");
	}

	@Test
	void sendsNoTokenToAnotherHost() throws Exception {
		HttpResponse<String> page = this.browser
			.open(PUSH + "/result?check=status&location=https://evil.example/api/v1/incoming_payments/1");
		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("location must be at the origin of the base URL");
	}

	@Test
	void respondsWith404ForUnknownCall() throws Exception {
		assertThat(this.browser.open("/console/calls/give-me-money").statusCode()).isEqualTo(404);
	}

	private HttpResponse<String> submit(String id, Map<String, String> fields) throws Exception {
		return this.browser.submit("/console/calls/" + id, "/console/calls/" + id, fields);
	}

	private static Map<String, String> example(Call call) {
		Map<String, String> example = new HashMap<>();
		call.fields().forEach((field) -> example.put(field.name(), field.example()));
		return example;
	}

	private List<String> requests() {
		return this.simulator.requests().stream().map(SimulatedRequest::path).toList();
	}

}
