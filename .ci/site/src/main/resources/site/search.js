// Finds the sections that contain all words; those with a word in the title come first. If there is none, it finds the sections with
// most of the words and of the parts of names: a message in a log has values too, and a property the name of an account.
const input = document.getElementById("search");
const results = document.getElementById("results");

function find(query) {
	const sections = best(query.toLowerCase().split(/\s+/), (found, all) => found === all);
	return sections.length > 0 ? sections : best(query.toLowerCase().split(/[\s.]+/), (found, all) => found > all / 2);
}

function best(texts, enough) {
	const words = texts.filter((word) => word);
	const sections = searchIndex
		.map(([url, title, text]) => ({ url, title, text, lowerTitle: title.toLowerCase(), lowerText: text.toLowerCase() }))
		.map((section) => ({
			...section,
			found: words.filter((word) => section.lowerTitle.includes(word) || section.lowerText.includes(word)).length,
			rank: words.filter((word) => section.lowerTitle.includes(word)).length
		}))
		.filter((section) => section.found > 0 && enough(section.found, words.length));
	const most = Math.max(...sections.map((section) => section.found));
	return sections
		.filter((section) => section.found === most)
		.sort((one, other) => other.rank - one.rank)
		.slice(0, 20);
}

function show(sections, query) {
	results.replaceChildren(...sections.map((section) => {
		const link = document.createElement("a");
		link.href = section.url;
		link.textContent = section.title;
		const excerpt = document.createElement("p");
		const start = Math.max(0, section.lowerText.indexOf(query.toLowerCase().split(/\s+/)[0]) - 40);
		excerpt.textContent = section.text.substring(start, start + 120);
		const item = document.createElement("li");
		item.append(link, excerpt);
		return item;
	}));
	if (sections.length === 0 && query.trim()) {
		results.textContent = "Nothing found";
	}
}

input.addEventListener("input", () => show(find(input.value), input.value.trim()));
