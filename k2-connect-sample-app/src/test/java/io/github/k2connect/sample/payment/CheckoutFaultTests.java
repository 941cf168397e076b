package io.github.k2connect.sample.payment;

import java.util.UUID;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.k2connect.sample.catalogue.Catalogue;
import io.github.k2connect.sample.order.FailureReason;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.OrderState;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.order.PushLimitExceededException;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.github.k2connect.token.TokenService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Checkout} with a Kopo Kopo that fails.
 */
@SpringBootTest(properties = { "K2_CLIENT_ID=client-id", "K2_CLIENT_SECRET=client-secret", "K2_API_KEY=api-key",
		"K2_TILL_NUMBER=K000000", "K2_CALLBACK_URL=https://shop.example/k2/webhooks" })
@ActiveProfiles("kopokopo")
class CheckoutFaultTests {

	@RegisterExtension
	static final WireMockKopoKopo kopoKopo = new WireMockKopoKopo();

	private static final String PUSHES = "/api/v1/incoming_payments";

	@Autowired
	private Checkout checkout;

	@Autowired
	private Catalogue catalogue;

	@Autowired
	private Orders orders;

	@Autowired
	private JdbcClient jdbcClient;

	@Autowired
	private TokenService tokenService;

	@Autowired
	private Payments payments;

	@DynamicPropertySource
	static void useFaultyKopoKopo(DynamicPropertyRegistry registry) {
		registry.add("k2.base-url", kopoKopo::baseUrl);
	}

	@BeforeEach
	void forgetOrders() {
		this.jdbcClient.sql("delete from shop_order").update();
	}

	@BeforeEach
	void awaitToken() {
		await().ignoreExceptions().until(() -> this.tokenService.getToken() != null);
	}

	@Test
	void pollsTillForPaymentOfPushWithUnknownOutcome() {
		Order order = placeOrder(aResponse().withStatus(503));
		kopoKopo.stubFor(post("/api/v1/polling")
			.willReturn(aResponse().withStatus(201).withHeader("Location", kopoKopo.url("/api/v1/polling/1"))));
		this.payments.check(order);
		kopoKopo.verify(1,
				postRequestedFor(urlPathEqualTo("/api/v1/polling"))
					.withRequestBody(matchingJsonPath("$.scope", equalTo("till")))
					.withRequestBody(matchingJsonPath("$.scope_reference", equalTo("K000000"))));
		this.payments.check(order);
		this.payments.enterCode(order, "SKV4XBY7PZ");
		kopoKopo.verify(1, postRequestedFor(urlPathEqualTo("/api/v1/polling")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503 })
	void keepsOrderOpenWhenOutcomeOfPushIsUnknown(int status) {
		Order order = placeOrder(aResponse().withStatus(status));
		assertThat(order.state()).isEqualTo(OrderState.CREATED);
		kopoKopo.verify(1, postRequestedFor(urlPathEqualTo(PUSHES)));
	}

	@ParameterizedTest
	@EnumSource(names = { "EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER" })
	void keepsOrderOpenWhenConnectionIsLostDuringPush(Fault fault) {
		Order order = placeOrder(aResponse().withFault(fault));
		assertThat(order.state()).isEqualTo(OrderState.CREATED);
		kopoKopo.verify(1, postRequestedFor(urlPathEqualTo(PUSHES)));
	}

	@Test
	void keepsOrderOpenWhenPushHasNoLocation() {
		assertThat(placeOrder(aResponse().withStatus(201)).state()).isEqualTo(OrderState.CREATED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404 })
	void failsOrderWhenPushIsRejected(int status) {
		Order order = placeOrder(aResponse().withStatus(status));
		assertThat(order.state()).isEqualTo(OrderState.FAILED);
		assertThat(order.failureReason()).isEqualTo(FailureReason.NOT_ASKED);
	}

	@Test
	void failsOrderWhenCredentialsAreRejected() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401)));
		Order order = placeOrder(aResponse().withStatus(401));
		assertThat(order.state()).isEqualTo(OrderState.FAILED);
		assertThat(order.failureReason()).isEqualTo(FailureReason.NOT_ASKED);
	}

	@Test
	void doesNotCountRejectedPushAgainstPhone() {
		for (int i = 0; i < 5; i++) {
			assertThat(placeOrder(aResponse().withStatus(400)).failureReason()).isEqualTo(FailureReason.NOT_ASKED);
		}
		kopoKopo.verify(5, postRequestedFor(urlPathEqualTo(PUSHES)));
	}

	@Test
	void countsPushWithUnknownOutcomeAgainstPhone() {
		for (int i = 0; i < 3; i++) {
			placeOrder(aResponse().withStatus(503));
		}
		assertThatExceptionOfType(PushLimitExceededException.class)
			.isThrownBy(() -> placeOrder(aResponse().withStatus(503)))
			.withMessageContaining("3 times")
			.withMessageNotContaining("712");
		kopoKopo.verify(3, postRequestedFor(urlPathEqualTo(PUSHES)));
	}

	private Order placeOrder(ResponseDefinitionBuilder answer) {
		kopoKopo.stubFor(post(PUSHES).willReturn(answer));
		String id = this.checkout.placeOrder(this.catalogue.find("kahawa").orElseThrow(), "0712 345 678",
				UUID.randomUUID().toString());
		return this.orders.find(id).orElseThrow();
	}

}
