package io.github.k2connect.docs;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.k2connect.docs.ConfigurationMetadata.Property;
import io.github.k2connect.testfixtures.Documentation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

/**
 * The file with every property, in the order of the page about them. A property without a
 * default is a comment.
 */
final class ApplicationYaml {

	static final Path FILE = Documentation.ROOT.resolve("docs/application.yaml");

	private static final int HALF_A_LINE = 70;

	private static final Pattern RECORD = Pattern.compile("(Map|List)<.*?(io\\.github\\.k2connect[\\w.$]+)>");

	private final Map<String, ApplicationYaml> groups = new LinkedHashMap<>();

	private @Nullable Property property;

	private ApplicationYaml() {
	}

	static String text() {
		Map<String, Property> properties = ConfigurationMetadata.properties()
			.stream()
			.collect(Collectors.toMap(Property::name, Function.identity()));
		ApplicationYaml root = new ApplicationYaml();
		Documentation.rows(Documentation.ROOT.resolve("docs/configuration.md"))
			.stream()
			.map((row) -> row.get(0).replace("`", ""))
			.filter(properties::containsKey)
			.forEach((name) -> root.add(Objects.requireNonNull(properties.get(name))));
		return Stream
			.concat(Stream.of("# Every property of k2-connect with its default. Keep what you change."), root.lines())
			.collect(Collectors.joining("\n", "", "\n"));
	}

	private void add(Property added) {
		ApplicationYaml group = this;
		for (String part : added.name().split("\\.", -1)) {
			group = group.groups.computeIfAbsent(part, (name) -> new ApplicationYaml());
		}
		group.property = added;
	}

	private Stream<String> lines() {
		return this.groups.entrySet().stream().flatMap((group) -> lines(group.getKey(), group.getValue()));
	}

	private static Stream<String> lines(String name, ApplicationYaml group) {
		Property property = group.property;
		if (property == null) {
			return Stream.concat(Stream.of(name + ":"), group.lines().map("  "::concat));
		}
		String comment = " # " + halfLine(property.description());
		return property.defaultValue().isEmpty()
				? Stream.concat(Stream.of(name + ":" + comment), example(property.type())).map("# "::concat)
				: Stream.of(name + ": " + property.defaultValue() + comment);
	}

	/**
	 * Return the beginning of a description: its first sentence, or a part of that.
	 */
	private static String halfLine(String description) {
		String sentence = description.replaceFirst("\\.(?: .*)?$", "");
		return (sentence.length() > HALF_A_LINE) ? sentence.replaceFirst("[,;:] .*", "") : sentence;
	}

	/**
	 * Return the properties of an account, or of a subscription.
	 */
	private static Stream<String> example(String type) {
		Matcher matcher = RECORD.matcher(type);
		if (!matcher.find()) {
			return Stream.empty();
		}
		List<String> names = Arrays.stream(ClassUtils.resolveClassName(matcher.group(2), null).getRecordComponents())
			.map(RecordComponent::getName)
			.map(DataObjectPropertyName::toDashedForm)
			.toList();
		return matcher.group(1).equals("Map")
				? Stream.concat(Stream.of("  kiosk:"), names.stream().map((name) -> "    " + name + ":"))
				: IntStream.range(0, names.size())
					.mapToObj((index) -> ((index == 0) ? "  - " : "    ") + names.get(index) + ":");
	}

}
