package site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a web site of the README, the documentation and what else they link: static files
 * with a search, which need no server and load nothing from elsewhere. If the build made
 * the Javadoc, the site has that too.
 */
public final class SiteBuilder {

	private static final Map<String, String> JAVADOC = Map.of("api", "k2-connect-spring-boot-autoconfigure", "api-test",
			"k2-connect-spring-boot-starter-test");

	private static final Path PROPERTIES = Path
		.of("k2-connect-spring-boot-autoconfigure/src/test/resources/io/github/k2connect/promises/properties.txt");

	private static final String DIAGRAM_SCRIPTS = """
			<script src="mermaid.js" defer></script>
			<script src="diagrams.js" defer></script>
			""";

	private final Path root;

	private final Path site;

	private final String mermaid;

	private SiteBuilder(Path root, Path site, String mermaid) {
		this.root = root;
		this.site = site;
		this.mermaid = mermaid;
	}

	/**
	 * Make the site.
	 * @param args the folder of the project, that of the site, and that of Mermaid in the
	 * class path
	 */
	public static void main(String[] args) throws IOException {
		new SiteBuilder(Path.of(args[0]).normalize(), Path.of(args[1]).normalize(), args[2]).build();
	}

	private void build() throws IOException {
		Files.createDirectories(this.site);
		Messages messages = new Messages(this.root);
		List<Page> pages = pages(messages);
		SearchIndex index = new SearchIndex();
		String navigation = navigation(pages);
		for (Page page : pages) {
			page.addTo(index);
			write(page.name(),
					resource("page.html").replace("{title}", page.title())
						.replace("{scripts}", page.hasDiagram() ? DIAGRAM_SCRIPTS : "")
						.replace("{navigation}", navigation)
						.replace("{content}", page.html()));
		}
		copy(this.root.resolve("docs/images"), this.site.resolve("images"));
		write("search-index.js", index.script());
		write("search.js", resource("search.js"));
		write("style.css", resource("style.css"));
		write("diagrams.js", resource("diagrams.js"));
		write("mermaid.js", resource(this.mermaid + "/dist/mermaid.min.js"));
		write("mermaid-license.txt", resource(this.mermaid + "/LICENSE"));
		List<String> failures = new ArrayList<>();
		for (Page page : pages) {
			failures.addAll(new LinkCheck(this.site).failures(page));
		}
		if (!failures.isEmpty()) {
			throw new IllegalStateException("Broken links:\n" + String.join("\n", failures));
		}
		List<String> notFound = Stream.concat(properties(), messages.texts()).filter((text) -> !index.finds(text)).toList();
		if (!notFound.isEmpty()) {
			throw new IllegalStateException("The search does not find:\n" + String.join("\n", notFound));
		}
		System.out.println(pages.size() + " pages: " + this.site.resolve("index.html"));
	}

	/**
	 * The parts of the names of all properties, which a test compares with the metadata
	 * of the configuration.
	 */
	private Stream<String> properties() throws IOException {
		return Files.readAllLines(this.root.resolve(PROPERTIES))
			.stream()
			.map((line) -> line.split("[\\s=]")[0].replace(".*.", " "));
	}

	private List<Page> pages(Messages messages) throws IOException {
		Pages files = new Pages(this.root);
		Links links = new Links(files);
		List<Page> pages = new ArrayList<>();
		for (Path file : files.files().toList()) {
			pages.add(Page.of(files.name(file).orElseThrow(), file, files.read(file), links));
		}
		pages.add(Page.of("messages.html", Path.of("docs/messages.md"), messages.markdown(), links));
		return pages;
	}

	private String navigation(List<Page> pages) throws IOException {
		Stream<String> items = pages.stream().map((page) -> item(page.name(), page.title()));
		List<String> javadoc = new ArrayList<>();
		for (String folder : JAVADOC.keySet().stream().sorted().toList()) {
			Path from = this.root.resolve(JAVADOC.get(folder)).resolve("target/reports/apidocs");
			if (Files.isDirectory(from)) {
				copy(from, this.site.resolve(folder));
				javadoc
					.add(item(folder + "/index.html", folder.equals("api") ? "Javadoc" : "Javadoc of the simulator"));
			}
		}
		return Stream.concat(items, javadoc.stream()).collect(Collectors.joining("\n"));
	}

	private static String item(String url, String title) {
		return "<li><a href=\"" + url + "\">" + title + "</a></li>";
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = to.resolve(from.relativize(file));
				Files.createDirectories(target.getParent());
				Files.write(target, Files.readAllBytes(file));
			}
		}
	}

	private void write(String name, String content) throws IOException {
		Files.writeString(this.site.resolve(name), content);
	}

	private static String resource(String name) throws IOException {
		try (InputStream stream = SiteBuilder.class.getResourceAsStream(name)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
