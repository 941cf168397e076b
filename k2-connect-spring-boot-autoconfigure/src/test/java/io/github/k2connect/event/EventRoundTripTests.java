package io.github.k2connect.event;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for events that applications store as JSON with their own mapper.
 */
class EventRoundTripTests {

	private static final JsonMapper PLAIN = JsonMapper.builder().build();

	@ParameterizedTest(name = "{1} with {0}")
	@MethodSource("mappersAndSamples")
	void readsWrittenEvent(JsonMapper mapper, Sample sample) {
		assertRoundTrip(mapper, sample.event());
	}

	@ParameterizedTest(name = "{1} with {0}")
	@MethodSource("mappersAndSamples")
	void readsWrittenEventWithIdOnly(JsonMapper mapper, Sample sample) {
		assertRoundTrip(mapper, Sample.decode(sample.minimal()));
	}

	@ParameterizedTest(name = "with {0}")
	@MethodSource("mappers")
	void readsWrittenUnrecognizedEvent(JsonMapper mapper) {
		assertRoundTrip(mapper, new UnrecognizedK2Event("id-1", K2Event.DEFAULT_ACCOUNT, null, "{\"id\": \"id-1\"}",
				"'topic' is not a known topic"));
	}

	@ParameterizedTest(name = "with {0}")
	@MethodSource("mappers")
	void readsWrittenDetectedEvents(JsonMapper mapper) {
		DetectedSample.events().forEach((event) -> assertRoundTrip(mapper, event));
	}

	@Test
	void writesOnlyComponentsOfDetectedEvents() {
		DetectedSample.events()
			.forEach((event) -> assertThat(PLAIN.valueToTree(event).propertyNames()).containsExactlyElementsOf(
					Stream.of(event.getClass().getRecordComponents()).map(RecordComponent::getName).toList()));
	}

	@Test
	void readsDetectedEventsWithoutAccountAsOfDefaultAccount() {
		DetectedSample.events().forEach((event) -> {
			String json = PLAIN.writeValueAsString(event).replace("\"account\":\"shop\",", "");
			assertThat(PLAIN.readValue(json, event.getClass())).returns("default", K2Event::account)
				.returns(event.id(), K2Event::id);
		});
	}

	@ParameterizedTest(name = "with {0}")
	@MethodSource("mappers")
	void readsWrittenDestinationsOfEveryType(JsonMapper mapper) {
		Stream
			.of(new TransferDestination.BankAccount("ref", "name", "number", "branch", "RTS"),
					new TransferDestination.MobileWallet(null, "Asha", "Mwangi", "+254712000001", "Safaricom"),
					new TransferDestination.Other("Sacco", null))
			.forEach((destination) -> assertRoundTrip(mapper, settlementTo(destination)));
	}

	@Test
	void writesOffsetAndAllDigits() {
		String json = PLAIN.writeValueAsString(Sample.BUYGOODS_TRANSACTION_RECEIVED.event());
		assertThat(json).contains("\"originationTime\":\"2026-03-02T09:15:29+03:00\"", "\"amount\":1250.50");
	}

	@ParameterizedTest
	@EnumSource
	void writesOnlyComponentsOfRecord(Sample sample) {
		Stream<String> components = Stream.of(sample.type().getRecordComponents())
			.map((component) -> component.getName());
		assertThat(PLAIN.valueToTree(sample.event()).propertyNames()).containsExactlyElementsOf(components.toList());
	}

	@ParameterizedTest
	@EnumSource
	void writesNoFlatAccessorInAnyPart(Sample sample) {
		assertOnlyComponents(sample.event(), PLAIN.valueToTree(sample.event()));
	}

	@ParameterizedTest
	@EnumSource
	void keepsAccount(Sample sample) {
		K2Event event = ReceivedEvent.decode(sample.body(), "branch").event();
		assertThat(event.account()).isEqualTo("branch");
		assertRoundTrip(PLAIN, event);
	}

	@ParameterizedTest
	@EnumSource
	void readsJsonWithoutAccountAsDefaultAccount(Sample sample) {
		String json = PLAIN.writeValueAsString(sample.event());
		String account = "\"account\":\"default\",";
		assertThat(json).containsOnlyOnce(account);
		for (String none : new String[] { "", "\"account\":null," }) {
			assertThat(PLAIN.readValue(json.replace(account, none), sample.type())).isEqualTo(sample.event())
				.returns("default", K2Event::account);
		}
	}

	@Test
	void readsUnrecognizedEventWithoutAccountAsDefaultAccount() {
		assertThat(PLAIN.readValue("{\"id\": \"1\", \"payload\": \"{}\", \"reason\": \"none\"}",
				UnrecognizedK2Event.class))
			.isEqualTo(new UnrecognizedK2Event("1", "default", null, "{}", "none"));
	}

	@Test
	void readsMissingListsOfEarlierVersionAsEmpty() {
		StkPushResult result = PLAIN.readValue("""
				{"envelope": {"id": "ip-1", "type": "incoming_payment"}}
				""", StkPushResult.class);
		assertThat(result.errors()).isEmpty();
		assertThat(result.metadata()).isEmpty();
		TransferBatch batch = PLAIN.readValue("{\"status\": \"Transferred\", \"disbursements\": null}",
				TransferBatch.class);
		assertThat(batch.disbursements()).isEmpty();
	}

	@Test
	void keepsAllDigitsWhenReadThroughTree() {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		K2Event event = Sample.INCOMING_PAYMENT.event();
		assertThat(mapper.treeToValue(mapper.readTree(mapper.writeValueAsString(event)), StkPushResult.class))
			.isEqualTo(event)
			.returns(new BigDecimal("2500.0"), StkPushResult::amount);
	}

	private static void assertOnlyComponents(@Nullable Object value, JsonNode json) {
		if (value instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				assertOnlyComponents(list.get(i), json.get(i));
			}
		}
		else if (value instanceof Record) {
			Map<String, @Nullable Object> components = new LinkedHashMap<>();
			for (RecordComponent component : value.getClass().getRecordComponents()) {
				if (component.getType() == RawJson.class) {
					continue;
				}
				components.put(component.getName(), ReflectionUtils.invokeMethod(component.getAccessor(), value));
			}
			assertThat(json.propertyNames()).filteredOn((name) -> !name.equals("kind"))
				.containsExactlyInAnyOrderElementsOf(components.keySet());
			components.forEach((name, component) -> assertOnlyComponents(component, json.get(name)));
		}
	}

	private static SettlementTransferCompleted settlementTo(TransferDestination destination) {
		return new SettlementTransferCompleted(new WebhookEnvelope("id-1", K2Event.DEFAULT_ACCOUNT,
				"settlement_transfer_completed", null, null, null, null), null, null, null, null, null, destination,
				List.of(), null);
	}

	private static void assertRoundTrip(JsonMapper mapper, K2Event event) {
		K2Event read = mapper.readValue(mapper.writeValueAsString(event), event.getClass());
		assertThat(read).isEqualTo(event).hasToString(event.toString());
	}

	private static Stream<Arguments> mappersAndSamples() {
		return mappers().flatMap((mapper) -> Stream.of(Sample.values()).map((sample) -> Arguments.of(mapper, sample)));
	}

	private static Stream<Named<JsonMapper>> mappers() {
		return Stream.of(Named.of("a plain mapper", PLAIN), Named.of("the shared mapper", JsonMapper.shared()),
				Named.of("snake case",
						JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build()),
				Named.of("another time zone",
						JsonMapper.builder().defaultTimeZone(TimeZone.getTimeZone("America/New_York")).build()),
				Named.of("times as timestamps",
						JsonMapper.builder().enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).build()),
				Named.of("unknown properties refused",
						JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build()),
				Named.of("nulls and empty lists left out",
						JsonMapper.builder()
							.changeDefaultPropertyInclusion(
									(inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
							.build()));
	}

}
