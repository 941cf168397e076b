package io.github.k2connect.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.K2Location;
import io.github.k2connect.json.JsonObject;

/**
 * Examples of what k2-connect detects itself, at least one of each record.
 */
public final class DetectedSample {

	private DetectedSample() {
	}

	/**
	 * Return the events.
	 */
	public static Stream<K2DetectedEvent> events() {
		Instant startedAt = Instant.parse("2026-03-11T05:00:00Z");
		return Stream.of(new MissedTillPayment("shop", payment("SK1")), new MissedTillReversal("shop", payment("SK2")),
				new UnresolvedK2Request("shop", "incoming_payment", "p1",
						K2Location.of("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1"), startedAt,
						Map.of("order", "\u00d6 17")),
				new UnresolvedK2Request("shop", "payment", "begun-1", null, startedAt, Map.of()));
	}

	private static PolledTransaction payment(String reference) {
		return PolledTransaction.from(JsonObject.parse("""
				{"type": "Buygoods Transaction", "resource": {"id": "t1", "reference": "%s", "amount": "100.00",
				"origination_time": "2026-03-11T08:00:00+03:00", "status": "Received", "till_number": "112233",
				"sender_phone_number": "+254999999999", "currency": "KES", "sender_first_name": "Wanjiku"}}"""
			.formatted(reference)
			.getBytes(StandardCharsets.UTF_8)));
	}

}
