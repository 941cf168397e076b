package io.github.k2connect.test;

import java.time.OffsetDateTime;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Polls for the transactions of some time.
 */
final class Polls implements SimulatedOutcome {

	private static final BodyRules RULES = BodyRules.body()
		.including(Scopes.rules())
		.required("from_time", PropertyCheck.time())
		.required("to_time", PropertyCheck.time())
		.with(Polls::order)
		.required("_links", BodyRules.CALLBACK);

	private Polls() {
	}

	static ResourceDescription description() {
		return new ResourceDescription("polling", "polling", ResourceDescription.inBoth(RULES), new Polls());
	}

	private static List<String> order(String name, JsonNode body, Strictness strictness) {
		boolean readable = PropertyCheck.isTime(body.path("from_time")) && PropertyCheck.isTime(body.path("to_time"));
		return (!readable || time(body, "from_time").isBefore(time(body, "to_time"))) ? List.of()
				: List.of("from_time must be before to_time");
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", Json.MAPPER.createArrayNode());
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		ArrayNode transactions = Json.MAPPER.createArrayNode();
		ledger.transactions()
			.stream()
			.filter((transaction) -> isAskedFor(transaction, request))
			.forEach((transaction) -> transactions.addObject()
				.put("type", "Buygoods Transaction")
				.set("resource", transaction));
		return Completion.of(attributes(request, "Success", transactions));
	}

	private static boolean isAskedFor(ObjectNode transaction, ResourceRequest request) {
		String tillNumber = Scopes.tillNumber(request);
		OffsetDateTime time = time(transaction, "origination_time");
		return (tillNumber.isEmpty() || tillNumber.equals(transaction.path("till_number").asString("")))
				&& !time.isBefore(time(request.body(), "from_time")) && !time.isAfter(time(request.body(), "to_time"));
	}

	private static ObjectNode attributes(ResourceRequest request, String status, ArrayNode transactions) {
		return Json.object()
			.put("status", status)
			.put("from_time", request.text("/from_time"))
			.put("to_time", request.text("/to_time"))
			.put("scope", Destinations.label(Scopes.scope(request)))
			.put("scope_reference", Scopes.reference(request))
			.set("transactions", transactions)
			.set("_links", request.links());
	}

	private static OffsetDateTime time(JsonNode json, String property) {
		return OffsetDateTime.parse(json.path(property).asString());
	}

}
