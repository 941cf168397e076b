package io.github.k2connect.test;

import java.time.Duration;
import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * Payment links. A link is active until its result is due, when a customer pays it,
 * unless it was cancelled before.
 */
final class PaymentLinks implements SimulatedOutcome {

	static final String TYPE = "payment_link";

	private static final BodyRules RULES = BodyRules.body()
		.required("amount", PropertyCheck.amount())
		.required("currency", PropertyCheck.currency())
		.required("till_number", PropertyCheck.text())
		.optional("payment_reference", PropertyCheck.textOrEmpty())
		.optional("note", PropertyCheck.textOrEmpty())
		.optional("metadata", PropertyCheck.metadata())
		.required("_links", BodyRules.CALLBACK);

	private static final Duration VALIDITY = Duration.ofDays(7);

	private final PayerNumbers payerNumbers;

	private PaymentLinks(PayerNumbers payerNumbers) {
		this.payerNumbers = payerNumbers;
	}

	static ResourceDescription description(PayerNumbers payerNumbers) {
		return new ResourceDescription("payment_links", TYPE, ResourceDescription.inV2(RULES),
				new PaymentLinks(payerNumbers));
	}

	@Override
	public ObjectNode pending(ResourceRequest request) {
		return attributes(request, "Processed", link(request, "Active"));
	}

	@Override
	public Completion complete(ResourceRequest request, Ledger ledger) {
		ObjectNode transaction = SampleResources.buygoodsTransaction()
			.put("origination_time", request.dueTime())
			.put("amount", request.amount("/amount"))
			.put("till_number", request.text("/till_number"))
			.put("sender_phone_number", this.payerNumbers.write(SampleResources.PHONE_NUMBER));
		ledger.received(transaction);
		return new Completion(attributes(request, "Processed", paid(request, transaction)),
				List.of(SimulatedWebhook.buygoodsTransactionReceived().withResource(transaction)));
	}

	/**
	 * Return the end of a link that is cancelled.
	 */
	static Completion cancelled(ResourceRequest request) {
		return Completion.of(attributes(request, "Cancelled", link(request, "Cancelled")));
	}

	private static ObjectNode paid(ResourceRequest request, ObjectNode transaction) {
		String phoneNumber = transaction.path("sender_phone_number").asString().substring(1);
		ObjectNode paid = Json.object()
			.put("status", "Paid")
			.setAll(link(request, "Paid").retain("expires_at", "link"))
			.set("transaction_reference", transaction.path("reference"));
		if (PhoneNumbers.digits(phoneNumber).isPresent()) {
			paid.put("sender_phone_number", Long.parseLong(phoneNumber));
		}
		else {
			paid.put("sender_phone_number", phoneNumber);
		}
		return paid.set("origination_time", transaction.path("origination_time"));
	}

	private static ObjectNode link(ResourceRequest request, String status) {
		return Json.object()
			.put("payment_link_status", status)
			.put("expires_at", NairobiTime.format(request.receivedAt().plus(VALIDITY)))
			.put("initiator_name", "Duka Bora Limited")
			.put("link", request.self().resolve("/pay/").toString() + request.receivedAt().toEpochMilli());
	}

	private static ObjectNode attributes(ResourceRequest request, String status, ObjectNode link) {
		return Json.object()
			.put("status", status)
			.put("created_at", request.time())
			.put("till_name", "Duka Bora")
			.put("till_number", request.text("/till_number"))
			.put("payment_reference", request.text("/payment_reference"))
			.put("currency", request.text("/currency"))
			.put("amount", Amounts.number(request.part("/amount")))
			.put("note", request.text("/note"))
			.set("payment_link", link)
			.putNull("errors")
			.set("metadata", request.part("/metadata"))
			.set("_links", request.links());
	}

}
