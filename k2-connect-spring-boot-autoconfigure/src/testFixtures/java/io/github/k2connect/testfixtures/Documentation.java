package io.github.k2connect.testfixtures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages that users and contributors read.
 */
public final class Documentation {

	public static final Path ROOT = Path.of("..");

	private static final Set<String> NOT_SOURCES = Set.of("target", ".git");

	private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");

	private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");

	private static final Pattern WORD = Pattern.compile("\\S*[\\p{L}\\p{N}]\\S*");

	private static final Pattern ROW = Pattern.compile("(?m)^\\|(.*)\\|$");

	private Documentation() {
	}

	/**
	 * The README and every page of {@code docs}.
	 */
	public static List<Path> pages() {
		return Stream.concat(Stream.of(ROOT.resolve("README.md")), files("docs", ".md")).sorted().toList();
	}

	/**
	 * Everything that is written in Markdown.
	 */
	public static List<Path> allPages() {
		return Stream.of(pages().stream(), Stream.of(ROOT.resolve("CHANGELOG.md")), files(".github", ".md"))
			.flatMap((pages) -> pages)
			.toList();
	}

	/**
	 * Every file with this ending below a folder of the project, without what a build
	 * writes, or deletes meanwhile.
	 */
	public static Stream<Path> files(String folder, String ending) {
		return files(ROOT.resolve(folder), ending).stream();
	}

	public static List<Path> files(Path folder, String ending) {
		List<Path> files = new ArrayList<>();
		try {
			Files.walkFileTree(folder, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					return NOT_SOURCES.contains(directory.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
							: FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.toString().endsWith(ending)) {
						files.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
					if (failure instanceof NoSuchFileException) {
						return FileVisitResult.CONTINUE;
					}
					throw failure;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return files;
	}

	public static String read(Path file) {
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
	public static String prose(Path page) {
		return CODE_BLOCK.matcher(read(page)).replaceAll("");
	}

	/**
	 * The number of words that a reader of a page reads, without code and link targets.
	 */
	public static long words(Path page) {
		return WORD.matcher(LINK_TARGET.matcher(prose(page)).replaceAll("]")).results().count();
	}

	/**
	 * The cells of every row of every table of a page.
	 */
	public static List<List<String>> rows(Path page) {
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
