package io.github.k2connect.test;

import java.util.List;
import java.util.Optional;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * The API call that cancels a payment link while it is active.
 */
final class PaymentLinkCancellation {

	private final ResourceStore store;

	private final ResultAnnouncer announcer;

	private final BearerTokenCheck tokenCheck;

	private final Strictness strictness;

	PaymentLinkCancellation(ResourceStore store, ResultAnnouncer announcer, BearerTokenCheck tokenCheck,
			Strictness strictness) {
		this.store = store;
		this.announcer = announcer;
		this.tokenCheck = tokenCheck;
		this.strictness = strictness;
	}

	Endpoint endpoint() {
		return Endpoint.post("/api/v2/payment_links/{id}/cancel", this.tokenCheck.guard(this::cancel));
	}

	private ResponseDefinition cancel(Request request, SimulatedAccount account) {
		if (Json.parseObject(request.getBody()).isEmpty() && !mayBeLeftOut(request.getBodyAsString().strip())) {
			return Responses.notJson();
		}
		Optional<SimulatedResource> link = this.store.find(request, account)
			.filter((resource) -> resource.type().equals(PaymentLinks.TYPE));
		if (link.isEmpty()) {
			return Responses.notFound();
		}
		if (!link.get().endWith(PaymentLinks.cancelled(link.get().request()))) {
			return Responses.badRequest(List.of("The payment link is no longer active"));
		}
		this.announcer.announce(link.get());
		return Responses.ok(Json.object().put("message", "The payment link was cancelled"));
	}

	private boolean mayBeLeftOut(String body) {
		return this.strictness == Strictness.LENIENT && (body.isEmpty() || body.equals("null"));
	}

}
