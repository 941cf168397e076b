package site;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of all sections, as a script: a page that is opened from a file can load it.
 */
final class SearchIndex {

	private final List<String> sections = new ArrayList<>();

	void add(String url, String title, String text) {
		if (!text.isBlank()) {
			this.sections.add("[" + quote(url) + "," + quote(title) + "," + quote(text) + "]");
		}
	}

	String script() {
		return "const searchIndex = [\n" + String.join(",\n", this.sections) + "\n];\n";
	}

	private static String quote(String text) {
		return '"' + text.replaceAll("\\s+", " ").strip().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
