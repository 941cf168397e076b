package site;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * One page: its Markdown with links to other pages, and headings with the anchors that
 * GitHub gives them.
 */
final class Page {

	private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

	private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

	private static final TextContentRenderer TEXT = TextContentRenderer.builder().extensions(EXTENSIONS).build();

	private final String name;

	private final Node document;

	private final Map<Node, String> anchors = new HashMap<>();

	private boolean diagram;

	private Page(String name, Node document) {
		this.name = name;
		this.document = document;
	}

	static Page of(String name, Path file, String markdown, Links links) {
		Page page = new Page(name, PARSER.parse(markdown));
		Map<String, Integer> counts = new HashMap<>();
		page.document.accept(new AbstractVisitor() {

			@Override
			public void visit(Heading heading) {
				String anchor = anchor(text(heading));
				int count = counts.merge(anchor, 1, Integer::sum);
				page.anchors.put(heading, (count > 1) ? anchor + "-" + (count - 1) : anchor);
				visitChildren(heading);
			}

			@Override
			public void visit(FencedCodeBlock block) {
				page.diagram |= "mermaid".equals(block.getInfo());
			}

			@Override
			public void visit(Image image) {
				image.setDestination(links.resolve(file, image.getDestination()));
			}

			@Override
			public void visit(Link link) {
				link.setDestination(links.resolve(file, link.getDestination()));
				visitChildren(link);
			}

		});
		return page;
	}

	private static String anchor(String heading) {
		return heading.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	String name() {
		return this.name;
	}

	String title() {
		return this.anchors.keySet()
			.stream()
			.filter((heading) -> ((Heading) heading).getLevel() == 1)
			.map(Page::text)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(this.name + " has no title"));
	}

	boolean hasDiagram() {
		return this.diagram;
	}

	String html() {
		return HtmlRenderer.builder()
			.extensions(EXTENSIONS)
			.attributeProviderFactory((context) -> (node, tag, attributes) -> {
				if (node instanceof Heading) {
					attributes.put("id", this.anchors.get(node));
				}
			})
			.build()
			.render(this.document);
	}

	/**
	 * Add the text of each section.
	 */
	void addTo(SearchIndex index) {
		String url = this.name;
		String title = title();
		StringBuilder text = new StringBuilder();
		for (Node node = this.document.getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading heading) {
				index.add(url, title, text.toString());
				text.setLength(0);
				url = this.name + "#" + this.anchors.get(heading);
				title = (heading.getLevel() == 1) ? text(heading) : title() + ": " + text(heading);
			}
			else {
				text.append(text(node)).append(' ');
			}
		}
		index.add(url, title, text.toString());
	}

	private static String text(Node node) {
		return TEXT.render(node);
	}

}
