package io.github.k2connect.benchmark.push;

import java.math.BigDecimal;
import java.net.URI;

import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;

/**
 * An STK push by the library.
 */
final class Push {

	private final StkService stk;

	Push(URI kopoKopo) {
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(kopoKopo));
		TokenService tokens = new TokenService(clients.create(), new K2Credentials("client", "secret"));
		this.stk = new StkService(clients.create(new BearerTokenInterceptor(tokens)));
	}

	URI send() {
		return this.stk
			.initiateIncomingPayment(StkPushRequest.builder()
				.tillNumber("K000001")
				.firstName("Asha")
				.lastName("Mwangi")
				.phoneNumber("+254712000001")
				.email("asha@duka.example")
				.amount(new BigDecimal("2500"))
				.callbackUrl(URI.create("https://duka.example/k2/webhooks"))
				.metadata("order_id", "order-88")
				.metadata("cashier", "7")
				.build())
			.uri();
	}

}
