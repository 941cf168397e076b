package io.github.k2connect.test;

import java.util.List;
import java.util.Optional;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * The API call that cancels a payment link while it is active.
 */
final class PaymentLinkCancellation {

	private static final String SUFFIX = "/cancel";

	private final ResourceStore store;

	private final ResultAnnouncer announcer;

	private final BearerTokenCheck tokenCheck;

	PaymentLinkCancellation(ResourceStore store, ResultAnnouncer announcer, BearerTokenCheck tokenCheck) {
		this.store = store;
		this.announcer = announcer;
		this.tokenCheck = tokenCheck;
	}

	Endpoint endpoint() {
		return Endpoint.post("/api/v2/payment_links/{id}" + SUFFIX, this.tokenCheck.guard(this::cancel));
	}

	private ResponseDefinition cancel(Request request) {
		if (Json.parseObject(request.getBody()).isEmpty()) {
			return Answers.notJson();
		}
		Optional<SimulatedResource> link = this.store
			.find(request.getUrl().substring(0, request.getUrl().lastIndexOf(SUFFIX)))
			.filter((resource) -> resource.type().equals(PaymentLinks.TYPE));
		if (link.isEmpty()) {
			return Answers.notFound();
		}
		if (!link.get().endWith(PaymentLinks.cancelled(link.get().request()))) {
			return Answers.badRequest(List.of("The payment link is no longer active"));
		}
		this.announcer.announce(link.get());
		return Answers.ok(Json.object().put("message", "The payment link was cancelled"));
	}

}
