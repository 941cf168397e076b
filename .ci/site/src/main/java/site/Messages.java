package site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the library logs as a warning or an error, and the messages of its exceptions, from
 * its sources: a page of the site, so that the search finds them.
 */
final class Messages {

	private static final Path SOURCES = Path
		.of("k2-connect-spring-boot-autoconfigure/src/main/java/io/github/k2connect");

	private static final Pattern CALL = Pattern.compile("(?:logger\\s*\\.(warn|error)|new (\\w+Exception)"
			+ "|(throwUnless|Assert\\.isTrue|Assert\\.hasText|\\badd(?=\\((?:name|NAME|\"))))\\(");

	private static final Map<String, String> THROWN = Map.of("throwUnless", "InvalidK2ConfigurationException",
			"Assert.isTrue", "IllegalArgumentException", "Assert.hasText", "IllegalArgumentException", "add",
			"InvalidK2RequestException");

	private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

	private static final Pattern WORDS = Pattern.compile("\\p{Alpha}{2,}\\W+\\p{Alpha}{2,}");

	private final Map<String, List<Message>> byPackage = new TreeMap<>();

	Messages(Path root) throws IOException {
		Path sources = root.resolve(SOURCES);
		try (Stream<Path> files = Files.walk(sources)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).sorted().toList()) {
				Path folder = sources.relativize(file.getParent());
				List<Message> messages = messages(Files.readString(file));
				if (!messages.isEmpty()) {
					this.byPackage.computeIfAbsent(folder.toString().replace('/', '.'), (name) -> new ArrayList<>())
						.addAll(messages);
				}
			}
		}
	}

	private static List<Message> messages(String source) {
		return CALL.matcher(source)
			.results()
			.map((call) -> new Message(kind(call), text(source, call.end())))
			.filter((message) -> WORDS.matcher(message.text()).find())
			.toList();
	}

	private static String kind(MatchResult call) {
		if (call.group(1) != null) {
			return call.group(1).toUpperCase();
		}
		return "`" + ((call.group(2) != null) ? call.group(2) : THROWN.get(call.group(3))) + "`";
	}

	/**
	 * The texts in the parentheses of a call, with an ellipsis for everything between
	 * them.
	 */
	private static String text(String source, int start) {
		int depth = 1;
		int end = start;
		while (depth > 0) {
			char character = source.charAt(end);
			if (character == '"') {
				end = endOfText(source, end);
			}
			else if (character == '(' || character == ')') {
				depth += (character == '(') ? 1 : -1;
			}
			end++;
		}
		return TEXT.matcher(source.substring(start, end).replaceAll("\"\\s*\\+\\s*\"", ""))
			.results()
			.map((text) -> text.group(1).replace("\\", "").strip())
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining(" … "));
	}

	private static int endOfText(String source, int start) {
		int end = start + 1;
		while (source.charAt(end) != '"') {
			end += (source.charAt(end) == '\\') ? 2 : 1;
		}
		return end;
	}

	/**
	 * The text that stays the same of each message.
	 */
	Stream<String> texts() {
		return this.byPackage.values()
			.stream()
			.flatMap(List::stream)
			.map((message) -> message.text().replace("…", " "));
	}

	String markdown() {
		StringBuilder page = new StringBuilder("""
				# Messages

				What k2-connect logs as a warning or an error, and what its exceptions say, by package. An ellipsis stands for a
				value, or separates a problem from what to do. [Operations](operations.md#log-lines) has the runbooks.
				""");
		this.byPackage.forEach((name, messages) -> {
			page.append("\n## ").append(name.isEmpty() ? "k2connect" : name).append("\n\n| kind | message |\n| --- | --- |\n");
			messages.forEach((message) -> page.append("| ")
				.append(message.kind())
				.append(" | `")
				.append(message.text().replace("|", "\\|"))
				.append("` |\n"));
		});
		return page.toString();
	}

	private record Message(String kind, String text) {

	}

}
