package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.List;
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

	private IncomingPayments(PayerNumbers payerNumbers) {
		this.payerNumbers = payerNumbers;
	}

	static ResourceDescription description(PayerNumbers payerNumbers) {
		return new ResourceDescription("incoming_payments", "incoming_payment",
				Map.of(ApiVersion.V1, rules(SUBSCRIBER), ApiVersion.V2,
						rules(SUBSCRIBER.optional("middle_name", PropertyCheck.textOrEmpty()))),
				new IncomingPayments(payerNumbers));
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
	public @Nullable Completion complete(ResourceRequest request, Ledger ledger) {
		return switch (phoneNumber(request)) {
			case SimulatedPhoneNumber.NEVER_ANSWERS -> null;
			case SimulatedPhoneNumber.INSUFFICIENT_BALANCE ->
				failed(request, "The balance is insufficient for the transaction");
			case SimulatedPhoneNumber.CANCELS -> failed(request, "The request was cancelled by the customer");
			case SimulatedPhoneNumber.WRONG_PIN -> failed(request, "The initiator information is invalid.");
			case SimulatedPhoneNumber.UNREACHABLE -> failed(request, "DS timeout user cannot be reached");
			case SimulatedPhoneNumber.EXPIRES -> failed(request, "No response from user.");
			case SimulatedPhoneNumber.BUSY ->
				failed(request, "Unable to lock subscriber, a transaction is already in process");
			case SimulatedPhoneNumber.FAILS -> failed(request, "The service request is not processed");
			default -> paid(request, ledger);
		};
	}

	private Completion failed(ResourceRequest request, String error) {
		return Completion.of(attributes(request, "Failed", NullNode.getInstance(), StringNode.valueOf(error)));
	}

	private Completion paid(ResourceRequest request, Ledger ledger) {
		ObjectNode transaction = transaction(request);
		ledger.received(transaction);
		List<SimulatedWebhook> events = new ArrayList<>();
		events.add(SimulatedWebhook.buygoodsTransactionReceived().withResource(transaction));
		if (ledger.isNewCustomer(phoneNumber(request))) {
			events.add(SimulatedWebhook.customerCreated().withResource(customer(transaction)));
		}
		return new Completion(attributes(request, "Success", transaction, NullNode.getInstance()), events);
	}

	private static ObjectNode customer(ObjectNode transaction) {
		return Json.object()
			.set("first_name", transaction.path("sender_first_name"))
			.set("middle_name", transaction.path("sender_middle_name"))
			.set("last_name", transaction.path("sender_last_name"))
			.set("phone_number", transaction.path("sender_phone_number"));
	}

	private static String phoneNumber(ResourceRequest request) {
		return PhoneNumbers.international(request.text("/subscriber/phone_number", ""));
	}

	private ObjectNode transaction(ResourceRequest request) {
		String phoneNumber = phoneNumber(request);
		ObjectNode transaction = SampleResources.buygoodsTransaction()
			.put("origination_time", request.dueTime())
			.put("sender_phone_number", this.payerNumbers.write(phoneNumber))
			.put("hashed_sender_phone", Identifiers.hashedPhoneNumber(phoneNumber))
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
