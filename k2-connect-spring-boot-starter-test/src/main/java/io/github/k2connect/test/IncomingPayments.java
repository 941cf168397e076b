package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.client.ApiVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Incoming payments (STK pushes). The phone number determines the outcome.
 */
final class IncomingPayments implements SimulatedOutcome {

	private static final BodyRules SUBSCRIBER = BodyRules.body()
		.required("phone_number", PropertyCheck.phoneNumber())
		.optional("first_name", PropertyCheck.textOrEmpty())
		.optional("last_name", PropertyCheck.textOrEmpty())
		.optional("email", PropertyCheck.textOrEmpty());

	private final PayerNumbers payerNumbers;

	private final Phones phones;

	private IncomingPayments(PayerNumbers payerNumbers, Phones phones) {
		this.payerNumbers = payerNumbers;
		this.phones = phones;
	}

	static ResourceDescription description(PayerNumbers payerNumbers, Phones phones) {
		return new ResourceDescription("incoming_payments", "incoming_payment",
				Map.of(ApiVersion.V1, rules(SUBSCRIBER), ApiVersion.V2,
						rules(SUBSCRIBER.optional("middle_name", PropertyCheck.textOrEmpty()))),
				new IncomingPayments(payerNumbers, phones));
	}

	private static BodyRules rules(BodyRules subscriber) {
		return BodyRules.body()
			.required("payment_channel", PropertyCheck.text())
			.required("till_number", PropertyCheck.text())
			.required("subscriber", subscriber)
			.required("amount", BodyRules.MONEY)
			.optional("metadata", PropertyCheck.metadata())
			.required("_links", BodyRules.CALLBACK);
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Pending", NullNode.getInstance(), NullNode.getInstance());
	}

	@Override
	public void start(SimulatedResource resource) {
		this.phones.ring(phoneNumber(resource.request()), resource);
	}

	@Override
	public @Nullable Completion complete(ResourceRequest request, Ledger ledger) {
		PushAnswer answer = this.phones.answer(phoneNumber(request), request);
		return switch (answer) {
			case PAYS -> paid(request, ledger);
			case NEVER_ANSWERS -> null;
			default -> failed(request, answer.error());
		};
	}

	private Completion failed(ResourceRequest request, @Nullable String error) {
		return Completion.of(attributes(request, "Failed", NullNode.getInstance(), StringNode.valueOf(error)));
	}

	private Completion paid(ResourceRequest request, Ledger ledger) {
		ObjectNode transaction = transaction(request);
		this.phones.get(phoneNumber(request))
			.confirm(new BigDecimal(request.amount("/amount/value")), request.text("/till_number", ""),
					transaction.path("reference").asString());
		TillPayment payment = TillPayment.receive(transaction, phoneNumber(request), ledger);
		return new Completion(attributes(request, "Success", payment.transaction(), NullNode.getInstance()),
				payment.events());
	}

	private static String phoneNumber(ResourceRequest request) {
		return PhoneNumbers.international(request.text("/subscriber/phone_number", ""));
	}

	private ObjectNode transaction(ResourceRequest request) {
		ObjectNode transaction = SampleResources.buygoodsTransaction(phoneNumber(request), this.payerNumbers)
			.put("origination_time", request.dueTime())
			.put("amount", request.amount("/amount/value"))
			.put("till_number", request.text("/till_number"));
		if (request.has("/subscriber/first_name") || request.has("/subscriber/last_name")) {
			transaction.put("sender_first_name", request.text("/subscriber/first_name"))
				.put("sender_middle_name", request.text("/subscriber/middle_name"))
				.put("sender_last_name", request.text("/subscriber/last_name"));
		}
		return transaction;
	}

	private static ObjectNode attributes(ResourceRequest request, String status, JsonNode transaction,
			JsonNode errors) {
		ObjectNode attributes = Json.object().put("initiation_time", request.time()).put("status", status);
		attributes.putObject("event")
			.put("type", "Incoming Payment Request")
			.set("resource", transaction)
			.set("errors", errors);
		return attributes.set("metadata", request.part("/metadata")).set("_links", request.links());
	}

}
