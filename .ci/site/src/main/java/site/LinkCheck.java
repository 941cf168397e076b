package site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that every link inside of the site leads to a page, and to an anchor of it, and
 * that no page loads anything from elsewhere.
 */
final class LinkCheck {

	private static final Pattern LINK = Pattern.compile("<(\\w+)[^>]* (?:href|src)=\"([^\"]*)\"");

	private final Path site;

	LinkCheck(Path site) {
		this.site = site;
	}

	List<String> failures(Page page) throws IOException {
		return LINK.matcher(Files.readString(this.site.resolve(page.name())))
			.results()
			.filter((link) -> isBroken(page, link.group(1), link.group(2)))
			.map((link) -> page.name() + ": " + link.group(2))
			.toList();
	}

	private boolean isBroken(Page page, String element, String target) {
		if (target.matches("[a-z]+:.*")) {
			return !element.equals("a");
		}
		String[] parts = target.split("#", 2);
		Path file = this.site.resolve(parts[0].isEmpty() ? page.name() : parts[0]);
		return !Files.isRegularFile(file) || (parts.length > 1 && !hasAnchor(file, parts[1]));
	}

	private static boolean hasAnchor(Path file, String anchor) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.anyMatch((line) -> line.contains("id=\"" + anchor + "\""));
		}
		catch (IOException ex) {
			return false;
		}
	}

}
