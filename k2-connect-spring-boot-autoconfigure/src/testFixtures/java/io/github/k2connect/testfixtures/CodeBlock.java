package io.github.k2connect.testfixtures;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of code on a page of the documentation, or code in a sentence.
 *
 * @param page the name of the file
 * @param language the language of the code, empty in a sentence
 * @param text the code, without the indentation of the block
 */
public record CodeBlock(String page, String language, String text) {

	private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w+)\\n(.*?)^ *```$");

	private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

	/**
	 * Return the blocks of all pages for users, in the order of the pages.
	 * @param language the language of the code
	 * @return the blocks
	 */
	public static List<CodeBlock> in(String language) {
		return Documentation.pages()
			.stream()
			.flatMap((page) -> BLOCK.matcher(Documentation.read(page))
				.results()
				.map((block) -> new CodeBlock(page.getFileName().toString(), block.group(2),
						block.group(3).stripIndent().strip())))
			.filter((block) -> block.language().equals(language))
			.toList();
	}

	/**
	 * Return the code in the sentences of all pages for users.
	 * @return the code
	 */
	public static List<CodeBlock> inSentences() {
		return Documentation.pages()
			.stream()
			.flatMap((page) -> SPAN.matcher(Documentation.prose(page))
				.results()
				.map((span) -> new CodeBlock(page.getFileName().toString(), "", span.group(1))))
			.toList();
	}

	/**
	 * Return the page with the first line of the code, which names the block.
	 */
	@Override
	public String toString() {
		return this.page + ": " + this.text.lines().findFirst().orElse("");
	}

}
