// Finds the sections that contain all words; those with a word in the title come first.
const input = document.getElementById("search");
const results = document.getElementById("results");

function find(query) {
	const words = query.toLowerCase().split(/\s+/).filter((word) => word);
	if (words.length === 0) {
		return [];
	}
	return searchIndex
		.map(([url, title, text]) => ({ url, title, text, lowerTitle: title.toLowerCase(), lowerText: text.toLowerCase() }))
		.filter((section) => words.every((word) => section.lowerTitle.includes(word) || section.lowerText.includes(word)))
		.map((section) => ({ ...section, rank: words.filter((word) => section.lowerTitle.includes(word)).length }))
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
