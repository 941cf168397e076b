package site;

import java.nio.file.Path;

/**
 * Turns links between files into links between pages, and to the pictures of the site.
 * Other files are linked where the sources are.
 */
final class Links {

	private static final String SOURCES = "https://github.com/k2connect/k2-connect-spring-boot/blob/main/";

	private static final Path PICTURES = Path.of("docs/images");

	private final Pages pages;

	Links(Pages pages) {
		this.pages = pages;
	}

	String resolve(Path file, String target) {
		if (target.startsWith("#") || target.matches("[a-z]+:.*")) {
			return target;
		}
		String[] parts = target.split("#", 2);
		Path linked = Path.of("/").resolve(file).resolveSibling(parts[0]).normalize();
		Path relative = Path.of("/").relativize(linked);
		if (relative.startsWith(PICTURES)) {
			return PICTURES.getParent().relativize(relative).toString();
		}
		String anchor = (parts.length > 1) ? "#" + parts[1] : "";
		return this.pages.name(relative).orElse(SOURCES + relative) + anchor;
	}

}
