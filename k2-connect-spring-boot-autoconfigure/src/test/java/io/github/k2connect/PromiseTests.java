package io.github.k2connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.k2connect.event.DarajaTransaction;
import io.github.k2connect.event.DetectedSample;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.Sample;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.WebhookTopic;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what users rely on besides the Java API with the lists of what was promised,
 * which have a line for each promise.
 */
class PromiseTests {

	private static final Pattern TABLE = Pattern
		.compile("CREATE TABLE IF NOT EXISTS @@table-prefix@@(\\w+) \\(\n(.*?)\n\\)", Pattern.DOTALL);

	private static final Pattern OWN_TYPE = Pattern.compile("io\\.github\\.k2connect[\\w.$]+");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	@Test
	void keepsConfigurationProperties() {
		JsonNode metadata = MAPPER.readTree(text("META-INF/spring-configuration-metadata.json"));
		assertKept("properties.txt",
				metadata.get("properties")
					.valueStream()
					.flatMap((property) -> property(property.get("name").asString(), property.get("type").asString(),
							property.path("defaultValue").asString("none"))));
	}

	/**
	 * Return the lines of a property, with the values of an enum, and with the properties
	 * of a record in a map or a list.
	 */
	private static Stream<String> property(String name, String type, String defaultValue) {
		Matcher own = OWN_TYPE.matcher(type);
		Class<?> ownType = own.find() ? ClassUtils.resolveClassName(own.group(), null) : Object.class;
		if (ownType.isRecord()) {
			return Arrays.stream(ownType.getRecordComponents())
				.flatMap(
						(component) -> property(name + ".*." + DataObjectPropertyName.toDashedForm(component.getName()),
								component.getGenericType().getTypeName(), "none"));
		}
		if (ownType.isEnum()) {
			return Stream.concat(Stream.of(name + " " + defaultValue), Arrays.stream(ownType.getEnumConstants())
				.map((value) -> name + "=" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-')));
		}
		return Stream.of(name + " " + type + " " + defaultValue);
	}

	@Test
	void keepsTopicsAndTypes() {
		Stream<String> topics = Arrays.stream(WebhookTopic.values()).map(WebhookTopic::value);
		assertKept("messages.txt", Stream.of(topics, Stream.of(DarajaTransaction.TOPIC), ResultType.names().stream())
			.flatMap((names) -> names));
	}

	/**
	 * A line is what a version has written. Every later version reads it, and writes the
	 * same properties.
	 */
	@Test
	void keepsJsonOfEvents() {
		Stream<K2Event> messages = Arrays.stream(Sample.values()).map(Sample::event);
		K2Event unrecognized = new UnrecognizedK2Event("id-1", "default", "new_topic", "{}", "'topic' is unknown");
		assertKept("events.txt",
				Stream.of(messages, DetectedSample.events(), Stream.of(unrecognized))
					.flatMap((events) -> events)
					.map((event) -> event.getClass().getSimpleName() + " " + MAPPER.writeValueAsString(event)),
				PromiseTests::isReadAndWritten);
	}

	@Test
	void keepsMeters() {
		Stream<String> meters = Arrays.stream(K2Meter.values()).map(K2Meter::asString);
		Stream<String> tags = Arrays.stream(K2Meter.values())
			.flatMap((meter) -> meter.tags().stream().map((tag) -> meter.asString() + " " + tag.asString()));
		Stream<String> outcomes = Arrays.stream(K2Meter.values())
			.flatMap((meter) -> meter.outcomes()
				.stream()
				.map((value) -> meter.asString() + " " + K2Meter.Tag.OUTCOME.asString() + "=" + value.asString()));
		Stream<String> values = Arrays.stream(K2Meter.Tag.values())
			.flatMap((tag) -> tag.fixedValues().stream().map((value) -> tag.asString() + "=" + value.asString()));
		assertKept("meters.txt", Stream.of(meters, tags, outcomes, values).flatMap((names) -> names));
	}

	@Test
	void keepsBeans() {
		Stream<String> published = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(ArchitectureTests.ROOT)
			.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(Bean.class) && isPublished(method.getRawReturnType()))
			.map((method) -> method.getName() + " " + method.getRawReturnType().getSimpleName());
		assertKept("beans.txt", Stream.concat(published, Stream.of("k2WebhookMapping")).distinct());
	}

	@Test
	void keepsColumns() {
		assertKept("columns.txt", Stream.of("h2", "mariadb", "mysql", "postgresql")
			.flatMap((platform) -> TABLE.matcher(text("io/github/k2connect/database/schema-" + platform + ".sql"))
				.results()
				.flatMap((table) -> table.group(2)
					.lines()
					.map((line) -> line.strip().replaceFirst(",$", ""))
					.filter((line) -> !line.startsWith("INDEX "))
					.map((column) -> platform + " " + table.group(1) + " " + column))));
	}

	@Test
	void saysWhatToDo() {
		assertThat(
				problem("beans.txt", Set.of("k2Old", "k2Kept"), List.of("k2Kept", "k2New"), Set.of("k2Old")::contains))
			.contains("k2New", "add these lines")
			.doesNotContain("k2Old", "k2Kept", "CHANGELOG");
		assertThat(problem("beans.txt", Set.of("k2Old", "k2Kept"), List.of("k2Kept"), (line) -> false))
			.contains("k2Old", "CHANGELOG.md")
			.doesNotContain("k2Kept", "add these lines");
		assertThat(problem("beans.txt", Set.of("k2Kept"), List.of("k2Kept"), (line) -> false)).isEmpty();
	}

	@Test
	void permitsNewPropertyInJsonOfEventOnly() {
		String json = MAPPER.writeValueAsString(Sample.DARAJA.event());
		assertThat(isReadAndWritten("DarajaTransaction " + json)).isTrue();
		assertThat(isReadAndWritten("DarajaTransaction " + json.replace(",\"lastName\":\"Mwangi\"", ""))).isTrue();
		assertThat(isReadAndWritten("DarajaTransaction " + json.replace("lastName", "surname"))).isFalse();
	}

	private static boolean isPublished(JavaClass type) {
		return type.getPackageName().startsWith(ArchitectureTests.ROOT)
				&& type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isAnnotatedWith(API.class);
	}

	private static boolean isReadAndWritten(String line) {
		int end = line.indexOf(' ');
		Class<?> type = ClassUtils.resolveClassName(K2Event.class.getPackageName() + "." + line.substring(0, end),
				null);
		String json = line.substring(end + 1);
		return contains(MAPPER.readTree(MAPPER.writeValueAsString(MAPPER.readValue(json, type))),
				MAPPER.readTree(json));
	}

	private static boolean contains(JsonNode whole, JsonNode part) {
		if (part.isObject()) {
			return part.propertyStream()
				.allMatch((property) -> whole.has(property.getKey())
						&& contains(whole.get(property.getKey()), property.getValue()));
		}
		if (part.isArray()) {
			return whole.size() == part.size()
					&& IntStream.range(0, part.size()).allMatch((index) -> contains(whole.get(index), part.get(index)));
		}
		return whole.equals(part);
	}

	private static void assertKept(String list, Stream<String> actual) {
		assertKept(list, actual, (line) -> false);
	}

	/**
	 * Assert that the list has all lines, and no others.
	 * @param kept whether another line is still kept
	 */
	private static void assertKept(String list, Stream<String> actual, Predicate<String> kept) {
		Set<String> promised = text("io/github/k2connect/promises/" + list).lines()
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(problem(list, promised, actual.sorted().toList(), kept)).isEmpty();
	}

	private static String problem(String list, Set<String> promised, Collection<String> actual,
			Predicate<String> kept) {
		String broken = lines(promised.stream().filter((line) -> !actual.contains(line) && !kept.test(line)));
		String added = lines(actual.stream().filter((line) -> !promised.contains(line)));
		return (broken.isEmpty() ? "" : "Users rely on this, which is gone:\n" + broken
				+ "If docs/versions.md permits that in the next version, name it in CHANGELOG.md, and remove these lines from "
				+ list + "\n")
				+ (added.isEmpty() ? ""
						: "This is new:\n" + added + "If users can rely on it, add these lines to " + list);
	}

	private static String lines(Stream<String> lines) {
		return lines.map((line) -> line + "\n").collect(Collectors.joining());
	}

	private static String text(String resource) {
		try {
			return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
