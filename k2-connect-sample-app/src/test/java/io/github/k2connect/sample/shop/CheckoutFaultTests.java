package io.github.k2connect.sample.shop;

import java.util.UUID;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Checkout} with a Kopo Kopo that fails.
 */
@SpringBootTest(properties = { "K2_CLIENT_ID=client-id", "K2_CLIENT_SECRET=client-secret", "K2_API_KEY=api-key",
		"K2_TILL_NUMBER=K000000", "K2_CALLBACK_URL=https://shop.example/k2/webhooks",
		"spring.datasource.url=jdbc:h2:mem:${random.uuid};DB_CLOSE_DELAY=-1" })
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

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503 })
	void keepsOrderOpenWhenOutcomeOfPushIsUnknown(int status) {
		Order order = placeOrder(aResponse().withStatus(status));
		assertThat(order.state()).isEqualTo(Order.State.CREATED);
		kopoKopo.verify(1, postRequestedFor(urlPathEqualTo(PUSHES)));
	}

	@ParameterizedTest
	@EnumSource(names = { "EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER" })
	void keepsOrderOpenWhenConnectionIsLostDuringPush(Fault fault) {
		Order order = placeOrder(aResponse().withFault(fault));
		assertThat(order.state()).isEqualTo(Order.State.CREATED);
		kopoKopo.verify(1, postRequestedFor(urlPathEqualTo(PUSHES)));
	}

	@Test
	void keepsOrderOpenWhenPushHasNoLocation() {
		assertThat(placeOrder(aResponse().withStatus(201)).state()).isEqualTo(Order.State.CREATED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404 })
	void failsOrderWhenPushIsRejected(int status) {
		Order order = placeOrder(aResponse().withStatus(status));
		assertThat(order.state()).isEqualTo(Order.State.FAILED);
		assertThat(order.failureReason()).isNull();
	}

	@Test
	void failsOrderWhenCredentialsAreRejected() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401)));
		Order order = placeOrder(aResponse().withStatus(401));
		assertThat(order.state()).isEqualTo(Order.State.FAILED);
		assertThat(order.failureReason()).isNull();
	}

	private Order placeOrder(ResponseDefinitionBuilder answer) {
		kopoKopo.stubFor(post(PUSHES).willReturn(answer));
		String id = UUID.randomUUID().toString();
		this.checkout.placeOrder(id, this.catalogue.find("kahawa").orElseThrow(), "0712 345 678");
		return this.orders.find(id).orElseThrow();
	}

}
