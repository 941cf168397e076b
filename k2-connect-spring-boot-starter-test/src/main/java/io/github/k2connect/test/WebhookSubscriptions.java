package io.github.k2connect.test;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.k2connect.Scope;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.webhook.WebhookTopic;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Webhook subscriptions, which are active at once.
 */
final class WebhookSubscriptions implements SimulatedOutcome {

	private WebhookSubscriptions() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("webhook_subscriptions", "webhook_subscription",
				Map.of(ApiVersion.V1, rules(ApiVersion.V1), ApiVersion.V2,
						rules(ApiVersion.V2).optional("enable_daraja_payload", PropertyCheck.flag())
							.dependingOn(WebhookSubscriptions::darajaRules)),
				new WebhookSubscriptions());
	}

	private static BodyRules rules(ApiVersion version) {
		return BodyRules.body()
			.required("event_type", PropertyCheck.oneOf(topics((topic) -> topic.existsIn(version))))
			.required("url", PropertyCheck.absoluteUrl())
			.including(Scopes.rules())
			.dependingOn(WebhookSubscriptions::scopeRules);
	}

	private static BodyRules scopeRules(JsonNode body) {
		return topics((topic) -> topic.scope() == Scope.COMPANY).contains(body.path("event_type").asString(""))
				? BodyRules.body().optional("scope", PropertyCheck.oneOfInAnyCase(Set.of(Scopes.COMPANY)))
				: BodyRules.body();
	}

	private static BodyRules darajaRules(JsonNode body) {
		return body.path("enable_daraja_payload").asBoolean(false)
				? BodyRules.body().optional("event_type", PropertyCheck.oneOf(topics(WebhookTopic::hasDarajaPayload)))
				: BodyRules.body();
	}

	private static Set<String> topics(Predicate<WebhookTopic> condition) {
		return Arrays.stream(WebhookTopic.values())
			.filter(condition)
			.map(WebhookTopic::value)
			.collect(Collectors.toSet());
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
