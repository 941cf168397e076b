package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for a simulator with several accounts.
 */
class SimulatedAccountTests extends SimulatorTestSupport {

	private static final String PUSHES = "/api/v1/incoming_payments";

	private ApiCaller kiosk;

	@Override
	K2Simulator.Builder customize(K2Simulator.Builder builder) {
		return builder.account("kiosk").account("cafe", "cafe-id", "cafe-secret", "cafe-key");
	}

	@BeforeEach
	void authenticateKiosk() {
		this.kiosk = callerOf("kiosk");
	}

	@Test
	void propertiesConfigureEveryAccount() {
		assertThat(this.simulator.properties()).containsOnlyKeys("k2.base-url", "k2.client-id", "k2.client-secret",
				"k2.api-key", "k2.accounts.kiosk.client-id", "k2.accounts.kiosk.client-secret",
				"k2.accounts.kiosk.api-key", "k2.accounts.cafe.client-id", "k2.accounts.cafe.client-secret",
				"k2.accounts.cafe.api-key");
		assertThat(this.simulator.account("cafe").properties()).containsOnly(
				Map.entry("k2.accounts.cafe.client-id", "cafe-id"),
				Map.entry("k2.accounts.cafe.client-secret", "cafe-secret"),
				Map.entry("k2.accounts.cafe.api-key", "cafe-key"));
		assertThat(this.simulator.account("default").properties()).containsEntry("k2.client-id",
				this.simulator.clientId());
	}

	@Test
	void rejectsSecretOfAnotherAccount() {
		Map<String, String> mixed = Map.of("grant_type", "client_credentials", "client_id",
				this.simulator.account("kiosk").clientId(), "client_secret", "cafe-secret");
		assertThat(this.kiosk.form("/oauth/token", mixed).status()).isEqualTo(401);
	}

	@Test
	void hidesResourceFromOtherAccounts() {
		URI push = this.kiosk.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		assertThat(this.kiosk.get(push).status()).isEqualTo(200);
		assertNotFound(this.caller.get(push));
		assertNotFound(callerOf("cafe").get(push));
	}

	@Test
	void rejectsCancellationOfPaymentLinkOfAnotherAccount() {
		URI link = this.kiosk.create("/api/v2/payment_links", Bodies.paymentLink());
		assertNotFound(this.caller.post(link.getPath() + "/cancel", "{}"));
	}

	@Test
	void rejectsReversalOfTransactionOfAnotherAccount() {
		this.kiosk.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		String reference = next("kiosk").at("/data/attributes/event/resource/reference").asString();
		URI foreign = this.caller.create("/api/v2/reversals", Bodies.reversal(reference));
		awaitStatus(foreign, "Failed");
	}

	@Test
	void rejectsIntrospectionAndRevocationOfTokenOfAnotherAccount() {
		Map<String, String> foreign = this.caller.credentials(Map.of("token", this.kiosk.token()));
		assertThat(this.caller.form("/oauth/introspect", foreign).json().path("active").asBoolean()).isFalse();
		this.caller.form("/oauth/revoke", foreign);
		JsonNode info = this.kiosk.get("/oauth/token/info").json();
		assertThat(info.at("/application/uid").asString()).isEqualTo(this.simulator.account("kiosk").clientId());
	}

	@Test
	void revokesTokensOfOneAccount() {
		this.simulator.account("kiosk").revokeTokens();
		assertThat(this.kiosk.post(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS)).status()).isEqualTo(401);
		this.caller.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
	}

	@Test
	void notifiesSubscriptionsOfOwnAccountOnly() throws Exception {
		callerOf("cafe").create("/api/v1/webhook_subscriptions",
				Bodies.subscription("buygoods_transaction_received", "company", ""));
		this.kiosk.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		assertThat(next("kiosk").has("topic")).isFalse();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void deliversWebhookToPathOfAccount() throws Exception {
		this.simulator.account("kiosk").deliver(SimulatedWebhook.buygoodsTransactionReceived());
		this.simulator.account("kiosk").deliver(SimulatedResult.stkPush());
		this.simulator.account("default").deliver(SimulatedResult.stkPush());
		for (String[] expected : new String[][] { { "/k2/webhooks/kiosk", "kiosk" }, { "/k2/webhooks/kiosk", "kiosk" },
				{ "/k2/webhooks", "default" } }) {
			RecordingApplication.Delivery delivery = this.application.next();
			assertThat(delivery.path()).isEqualTo(expected[0]);
			assertSignedBy(expected[1], delivery);
		}
	}

	@Test
	void resetForgetsResourcesOfAllAccounts() {
		URI push = this.kiosk.create(PUSHES, Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		this.simulator.reset();
		assertNotFound(this.kiosk.get(push));
		assertThat(this.simulator.tokenRequests()).isZero();
	}

	@Test
	void rejectsUnknownAccountName() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.account("nobody"))
			.withMessageContaining("[default, kiosk, cafe]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "default", "Kiosk", "a/b", "a.b", "12345678901234567890123456789012345678901" })
	void rejectsNameThatCannotBeConfigured(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> K2Simulator.builder().account(name))
			.withMessageContaining("40 lower-case letters");
	}

	@Test
	void rejectsAccountsWithSameNameOrClientId() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> K2Simulator.builder().account("kiosk").account("kiosk", "id", "secret", "key").start());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> K2Simulator.builder().clientId("same").account("kiosk", "same", "secret", "key").start());
	}

	private ApiCaller callerOf(String account) {
		return new ApiCaller(this.simulator, account).authenticate();
	}

	private JsonNode next(String account) {
		try {
			RecordingApplication.Delivery delivery = this.application.next();
			assertSignedBy(account, delivery);
			return delivery.json();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertSignedBy(String account, RecordingApplication.Delivery delivery) {
		assertThat(delivery.signature())
			.isEqualTo(new WebhookSigner(this.simulator.account(account).apiKey()).sign(delivery.bytes()));
	}

}
