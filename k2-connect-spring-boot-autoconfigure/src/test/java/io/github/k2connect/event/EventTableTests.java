package io.github.k2connect.event;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.webhook.WebhookTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the records of events and their constants.
 */
class EventTableTests {

	@Test
	void everyRecordHasSample() {
		Set<Class<?>> sampled = Stream.of(Sample.values()).map(Sample::type).collect(Collectors.toSet());
		assertThat(sampled).isEqualTo(Stream.of(K2WebhookEvent.class, K2ResultEvent.class)
			.flatMap(EventTableTests::records)
			.collect(Collectors.toSet()));
	}

	@Test
	void everyDetectedRecordHasSample() {
		assertThat(DetectedSample.events().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
			.isEqualTo(records(K2DetectedEvent.class).collect(Collectors.toSet()));
	}

	@Test
	void everyEventIsOfOneOfFourKinds() {
		assertThat(records(K2Event.class).distinct()).allSatisfy((type) -> assertThat(
				Stream.of(K2WebhookEvent.class, K2ResultEvent.class, K2DetectedEvent.class, UnrecognizedK2Event.class)
					.filter((kind) -> kind.isAssignableFrom(type)))
			.hasSize(1));
	}

	@Test
	void everyConstantHasSample() {
		Stream<Enum<?>> constants = Stream.of(WebhookTopic.values(), ResultType.values()).flatMap(Stream::of);
		assertThat(Stream.concat(constants.map(Enum::name), Stream.of(Sample.DARAJA.name())))
			.containsExactlyInAnyOrderElementsOf(Stream.of(Sample.values()).map(Sample::name).toList());
	}

	@ParameterizedTest
	@EnumSource
	void resourceOfTypeFindsType(ResultType type) {
		assertThat(ResultType.startedBy(type.resource())).contains(type);
	}

	@ParameterizedTest
	@EnumSource
	void decodesEverySampleToItsRecord(Sample sample) {
		assertThat(sample.event()).isExactlyInstanceOf(sample.type());
		assertThat(Sample.decode(sample.minimal())).isExactlyInstanceOf(sample.type());
	}

	@ParameterizedTest
	@EnumSource
	void recordsHaveAtMostElevenComponents(Sample sample) {
		assertThat(sample.type().getRecordComponents()).hasSizeLessThanOrEqualTo(11);
	}

	@Test
	void decodesPluralTypeOfReversal() {
		assertThat(Sample.decode("{\"data\": {\"id\": \"rev-1\", \"type\": \"reversals\"}}")).isInstanceOfSatisfying(
				ReversalResult.class, (reversal) -> assertThat(reversal.type()).isEqualTo("reversals"));
	}

	private static Stream<Class<?>> records(Class<?> type) {
		return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTableTests::records)
				: Stream.of(type);
	}

}
