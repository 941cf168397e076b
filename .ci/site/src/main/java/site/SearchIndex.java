package site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of all sections, as a script: a page that is opened from a file can load it.
 */
final class SearchIndex {

	private final List<Section> sections = new ArrayList<>();

	void add(String url, String title, String text) {
		if (!text.isBlank()) {
			this.sections.add(new Section(url, title, text.replaceAll("\\s+", " ").strip()));
		}
	}

	/**
	 * Return whether a section contains all words, as {@code search.js} finds it.
	 */
	boolean finds(String words) {
		return this.sections.stream()
			.map((section) -> (section.title() + " " + section.text()).toLowerCase(Locale.ROOT))
			.anyMatch((text) -> Stream.of(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).allMatch(text::contains));
	}

	String script() {
		return this.sections.stream()
			.map(Section::script)
			.collect(Collectors.joining(",\n", "const searchIndex = [\n", "\n];\n"));
	}

	private record Section(String url, String title, String text) {

		String script() {
			return "[" + quote(this.url) + "," + quote(this.title) + "," + quote(this.text) + "]";
		}

		private static String quote(String text) {
			return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
		}

	}

}
