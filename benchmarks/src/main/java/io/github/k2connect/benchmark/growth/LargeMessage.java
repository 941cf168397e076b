package io.github.k2connect.benchmark.growth;

import java.nio.charset.StandardCharsets;

/**
 * A message of any size.
 */
public enum LargeMessage {

	/**
	 * The result of a poll that found many transactions.
	 */
	POLL("a polling result", """
			{"data":{"id":"poll-1","type":"polling","attributes":{"status":"Success",\
			"from_time":"2026-03-13T00:00:00+03:00","to_time":"2026-03-13T23:59:59+03:00","scope":"Till",\
			"scope_reference":"514459","transactions":[""", """
			],"_links":{"callback_url":"https://duka.example/k2/webhooks",\
			"self":"https://sandbox.kopokopo.com/api/v1/polling/poll-1"}}}}"""),

	/**
	 * A webhook with many properties that the library does not know, some of them
	 * objects.
	 */
	WEBHOOK("a webhook with unknown properties", """
			{"topic":"buygoods_transaction_received","id":"5af4c10a-f6de-4ac8-840d-42cb65454216",\
			"created_at":"2026-03-02T09:15:31.250+03:00","event":{"type":"Buygoods Transaction",\
			"resource":{"id":"tx-1","amount":"1250.50","status":"Received","system":"Lipa Na M-PESA",\
			"currency":"KES","reference":"SC21AB34CD","till_number":"514459",\
			"origination_time":"2026-03-02T09:15:29+03:00","metadata":{""", """
			}}},"_links":{"self":"https://sandbox.kopokopo.com/webhook_events/5af4c10a"}}""");

	private final String title;

	private final String begin;

	private final String end;

	LargeMessage(String title, String begin, String end) {
		this.title = title;
		this.begin = begin;
		this.end = end;
	}

	String title() {
		return this.title;
	}

	/**
	 * Return the message with as many parts as fit into the size, one at least.
	 */
	byte[] body(int size) {
		StringBuilder body = new StringBuilder(this.begin).append(part(0));
		for (int i = 1; true; i++) {
			String next = "," + part(i);
			if (body.length() + next.length() + this.end.length() > size) {
				return body.append(this.end).toString().getBytes(StandardCharsets.UTF_8);
			}
			body.append(next);
		}
	}

	private String part(int number) {
		return (this == POLL) ? transaction(number) : property(number);
	}

	private static String transaction(int number) {
		return """
				{"type":"Buygoods Transaction","resource":{"id":"tx-%d","amount":"75.00","status":"Received",\
				"system":"Lipa Na M-PESA","currency":"KES","reference":"SCD%d","till_number":"514459",\
				"sender_phone_number":"+254712000001","hashed_sender_phone":"5ce1f60d3f",\
				"origination_time":"2026-03-13T06:30:00+03:00","sender_first_name":"Juma",\
				"sender_middle_name":"Wairimu","sender_last_name":"Otieno"}}""".formatted(number, number);
	}

	private static String property(int number) {
		return "\"note_%d\":%s".formatted(number, (number % 4 == 0)
				? "{\"shelf\":%d,\"tags\":[\"maize\",\"flour\"]}".formatted(number) : "\"a note of the cashier\"");
	}

}
