package io.github.k2connect.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages that users and contributors read.
 */
public final class Documentation {

	public static final Path ROOT = Path.of("..");

	private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");

	private static final Pattern ROW = Pattern.compile("(?m)^\\|(.*)\\|$");

	private Documentation() {
	}

	/**
	 * The README and every page of {@code docs}.
	 */
	static List<Path> pages() {
		return Stream.concat(Stream.of(ROOT.resolve("README.md")), files("docs", ".md")).sorted().toList();
	}

	/**
	 * Everything that is written in Markdown.
	 */
	static List<Path> allPages() {
		return Stream.of(pages().stream(), Stream.of(ROOT.resolve("CHANGELOG.md")), files(".github", ".md"))
			.flatMap((pages) -> pages)
			.toList();
	}

	/**
	 * Every file with this ending below a folder.
	 */
	static Stream<Path> files(String folder, String ending) {
		try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
			return files.filter((file) -> file.toString().endsWith(ending)).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The text of a page without its blocks of code.
	 */
	static String prose(Path page) {
		return CODE_BLOCK.matcher(read(page)).replaceAll("");
	}

	/**
	 * The cells of every row of every table of a page.
	 */
	static List<List<String>> rows(Path page) {
		return rows(prose(page));
	}

	/**
	 * The cells of the rows of the table whose first column has this heading.
	 */
	public static List<List<String>> table(Path page, String heading) {
		String prose = prose(page);
		int start = prose.indexOf("\n| " + heading + " |");
		List<List<String>> rows = rows(prose.substring(start, prose.indexOf("\n\n", start)));
		return rows.subList(2, rows.size());
	}

	private static List<List<String>> rows(String text) {
		return ROW.matcher(text)
			.results()
			.map((row) -> Stream.of(row.group(1).split("\\|", -1)).map(String::strip).toList())
			.toList();
	}

}
