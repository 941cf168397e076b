package site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Markdown files that are pages of the site, in the order of the README's tables of
 * pages, with the name of each page.
 */
final class Pages {

	private static final Pattern LINK = Pattern.compile("\\(((?:docs/|\\.github/)?[\\w-]+\\.md)\\)");

	private final Path root;

	private final Map<Path, String> names = new LinkedHashMap<>();

	Pages(Path root) throws IOException {
		this.root = root;
		this.names.put(Path.of("README.md"), "index.html");
		String readme = Files.readString(root.resolve("README.md"));
		add(readme.substring(readme.indexOf("\n## Documentation")));
		add(readme);
	}

	private void add(String text) {
		LINK.matcher(text)
			.results()
			.map((link) -> Path.of(link.group(1)))
			.forEach((file) -> this.names.putIfAbsent(file, nameOf(file)));
	}

	private static String nameOf(Path file) {
		String name = file.getFileName().toString().replace(".md", ".html");
		return file.startsWith(".github") ? "project-" + name.toLowerCase() : name.toLowerCase();
	}

	Stream<Path> files() {
		return this.names.keySet().stream();
	}

	/**
	 * Return the name of the page that a file becomes, if it becomes one.
	 */
	Optional<String> name(Path file) {
		return Optional.ofNullable(this.names.get(file));
	}

	String read(Path file) throws IOException {
		return Files.readString(this.root.resolve(file));
	}

}
