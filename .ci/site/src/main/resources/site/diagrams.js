'use strict';

// Draws the diagrams. Without this script their source is shown.

mermaid.initialize({
	startOnLoad: false,
	theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'default'
});
mermaid.run({ querySelector: '.language-mermaid' });
