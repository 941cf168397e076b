package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.event.DetectedSample;
import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.reception.TraceCarrier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StoredEvent}.
 */
class StoredEventTests {

	private static final Instant RECEIVED_AT = Instant.parse("2026-01-02T03:04:05.678Z");

	private static final byte[] BODY = "{\"id\": \"1\", \"topic\": \"customer_created\", \"name\": \"Zoë 🎉\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static StoredEvent stored(byte[] body) {
		return StoredEvent.of(ReceivedEvent.decode(body, "shop"), RECEIVED_AT);
	}

	/**
	 * Another version may read the row.
	 */
	@Test
	void isWrittenAsDocumented() {
		assertThat(stored("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8)).write())
			.isEqualTo("{\"account\":\"shop\",\"kind\":\"customer_created\",\"id\":\"1\","
					+ "\"receivedAt\":\"2026-01-02T03:04:05.678Z\","
					+ "\"body\":\"eyJpZCI6IjEiLCJ0b3BpYyI6ImN1c3RvbWVyX2NyZWF0ZWQifQ==\"}");
	}

	@Test
	void isReadAsWritten() {
		StoredEvent read = StoredEvent.read(stored(BODY).write());
		assertThat(read.account()).isEqualTo("shop");
		assertThat(read.kind()).isEqualTo("customer_created");
		assertThat(read.id()).isEqualTo("1");
		assertThat(read.receivedAt()).isEqualTo(RECEIVED_AT);
		assertThat(read.body()).isEqualTo(BODY);
	}

	@Test
	void keepsTrace() {
		TraceCarrier trace = TraceCarrier
			.of(Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
		String text = StoredEvent.of(ReceivedEvent.decode(BODY, "shop"), RECEIVED_AT, trace).write();
		assertThat(StoredEvent.read(text).trace().headers()).isEqualTo(trace.headers());
		assertThat(StoredEvent.read(stored(BODY).write()).trace().headers()).isEmpty();
	}

	@Test
	void isDecodedToSameEventWithSameIdentity() {
		ReceivedEvent received = ReceivedEvent.decode(BODY, "shop");
		Publication decoded = StoredEvent.read(stored(BODY).write()).decode();
		assertThat(decoded.event()).isEqualTo(received.event())
			.asInstanceOf(InstanceOfAssertFactories.type(K2Event.class))
			.returns(new String(BODY, StandardCharsets.UTF_8), K2Event::rawJson);
		assertThat(decoded.identity().account()).isEqualTo("shop");
		assertThat(decoded.identity().key()).isEqualTo(received.identity().key());
	}

	/**
	 * Whatever a message contains, it is not taken for an event that k2-connect creates.
	 */
	@Test
	void isNotOwnEventIfItIsMessage() {
		byte[] forged = "{\"id\": \"1\", \"topic\": \"missed_till_payment\", \"own\": true, \"kind\": \"missed_till_payment\"}"
			.getBytes(StandardCharsets.UTF_8);
		StoredEvent read = StoredEvent.read(stored(forged).write());
		assertThat(read.own()).isFalse();
		assertThat(read.decode().event()).isInstanceOf(UnrecognizedK2Event.class);
	}

	@Test
	void keepsOwnEventAsItIs() {
		PolledTransaction payment = PolledTransaction.from(JsonObject.parse("""
				{"type": "Buygoods Transaction", "resource": {"id": "t1", "reference": "sk1", "amount": "100.00",
				"origination_time": "2026-11-26T10:00:00+03:00", "status": "Received", "till_number": "112233",
				"sender_phone_number": "+254999999999", "hashed_sender_phone": "h", "currency": "KES",
				"system": "Lipa Na M-PESA", "sender_first_name": "Wanjiku", "sender_middle_name": "",
				"sender_last_name": "\u00d6"}}""".getBytes(StandardCharsets.UTF_8)));
		OwnEvent own = OwnEvent.of(new MissedTillPayment("shop", payment));
		StoredEvent read = StoredEvent.read(StoredEvent.of(own, RECEIVED_AT).write());
		assertThat(read.id()).isEqualTo("SK1");
		assertThat(read.decode().event()).isEqualTo(new MissedTillPayment("shop", payment));
		assertThat(read.decode().identity()).isEqualTo(own.identity());
	}

	static Stream<K2DetectedEvent> detectedEvents() {
		return DetectedSample.events();
	}

	@ParameterizedTest
	@MethodSource("detectedEvents")
	void keepsDetectedEventAsItIs(K2DetectedEvent event) {
		OwnEvent own = OwnEvent.of(event);
		StoredEvent read = StoredEvent.read(StoredEvent.of(own, RECEIVED_AT).write());
		assertThat(read.kind()).isEqualTo(OwnEvents.kind(event));
		assertThat(read.id()).isEqualTo(event.id());
		assertThat(read.decode().event()).isEqualTo(event);
		assertThat(read.decode().identity()).isEqualTo(own.identity());
	}

	@Test
	void writesIdThatIsNotText() {
		byte[] body = "{\"id\": \"a\\ud800b\", \"topic\": \"customer_created\"}".getBytes(StandardCharsets.UTF_8);
		StoredEvent read = StoredEvent.read(stored(body).write());
		assertThat(read.id()).isEqualTo("a?b");
		assertThat(read.decode().identity().id()).isEqualTo("a\ud800b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no JSON", "{}", "{\"account\":\"a\",\"kind\":\"k\",\"id\":\"1\",\"body\":\"e30=\"}",
			"{\"account\":\"a\",\"kind\":\"k\",\"id\":\"1\",\"receivedAt\":\"2026-01-02T03:04:05Z\",\"body\":\"***\"}" })
	void rejectsDataOfOtherFormat(String text) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> StoredEvent.read(text));
	}

	@Test
	void hasNameWithIdAndKeyInLog() {
		assertThat(StoredEvent.name(new TaskExecution("key", stored(BODY).write(), 0, 1))).isEqualTo("\"1\" (key)");
	}

	@Test
	void hasKeyAsNameInLogWhenUnreadable() {
		assertThat(StoredEvent.name(new TaskExecution("key", "no JSON", 0, 1))).isEqualTo("key");
	}

	@Test
	void hidesBodyInToString() {
		assertThat(stored(BODY)).asString().contains("customer_created").doesNotContain("Zo", "body");
	}

}
