package io.github.k2connect.test;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhook subscriptions, which are active at once.
 */
final class WebhookSubscriptions implements SimulatedOutcome {

	private static final Set<String> TILL_TOPICS = Set.of("buygoods_transaction_received",
			"buygoods_transaction_reversed", "b2b_transaction_received", "b2b_transaction_reversed",
			"card_transaction_received", "card_transaction_voided", "card_transaction_reversed");

	private static final Set<String> ONLY_IN_V2 = Set.of("b2b_transaction_reversed", "card_transaction_received",
			"card_transaction_voided", "card_transaction_reversed");

	private static final Set<String> COMPANY_TOPICS = Set.of("m2m_transaction_received",
			"settlement_transfer_completed", "customer_created");

	private static final Set<String> ONLY_IN_V1 = Set.of("m2m_transaction_received");

	private static final Set<String> DARAJA_TOPICS = Set.of("buygoods_transaction_received",
			"b2b_transaction_received");

	private WebhookSubscriptions() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("webhook_subscriptions", "webhook_subscription",
				Map.of(ApiVersion.V1, rules(topicsWithout(ONLY_IN_V2)), ApiVersion.V2,
						rules(topicsWithout(ONLY_IN_V1)).optional("enable_daraja_payload", PropertyCheck.flag())
							.dependingOn(WebhookSubscriptions::darajaRules)),
				new WebhookSubscriptions());
	}

	private static BodyRules rules(Set<String> topics) {
		return BodyRules.body()
			.required("event_type", PropertyCheck.oneOf(topics))
			.required("url", PropertyCheck.absoluteUrl())
			.including(Scopes.rules())
			.dependingOn(WebhookSubscriptions::scopeRules);
	}

	private static BodyRules scopeRules(JsonNode body) {
		return COMPANY_TOPICS.contains(body.path("event_type").asString(""))
				? BodyRules.body().optional("scope", PropertyCheck.oneOfInAnyCase(Set.of(Scopes.COMPANY)))
				: BodyRules.body();
	}

	private static BodyRules darajaRules(JsonNode body) {
		return body.path("enable_daraja_payload").asBoolean(false)
				? BodyRules.body().optional("event_type", PropertyCheck.oneOf(DARAJA_TOPICS)) : BodyRules.body();
	}

	private static Set<String> topicsWithout(Set<String> others) {
		Set<String> topics = new TreeSet<>(TILL_TOPICS);
		topics.addAll(COMPANY_TOPICS);
		topics.removeAll(others);
		return topics;
	}

	@Override
	public boolean isImmediate() {
		return true;
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request);
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		boolean darajaPayload = request.version() == ApiVersion.V2
				&& request.part("/enable_daraja_payload").asBoolean(false);
		ledger.subscriptions()
			.add(new Subscriptions.Subscription(request.text("/event_type", ""), URI.create(request.text("/url", "")),
					Scopes.tillNumber(request), darajaPayload));
		return Completion.of(attributes(request));
	}

	private static ObjectNode attributes(ResourceRequest request) {
		return Json.object()
			.put("event_type", request.text("/event_type"))
			.put("webhook_uri", request.text("/url"))
			.put("status", "Active")
			.put("scope", Scopes.scope(request))
			.put("scope_reference", Scopes.reference(request));
	}

}
