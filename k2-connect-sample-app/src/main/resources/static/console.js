'use strict';

// The pages work without this script; it shows changes as they happen.

const live = document.querySelector('[data-live]');
const announcement = document.querySelector('[data-announce]');

let missed = false;

let shown = live?.textContent;

// Nothing changes under the fingers of somebody who acts, and nothing that was typed is lost.
function isInUse() {
	missed = live.contains(document.activeElement)
			|| [...live.querySelectorAll('input')].some((field) => field.value !== field.defaultValue);
	return missed;
}

// Takes a fresh copy of the page. What is open stays open.
async function refresh() {
	if (isInUse()) {
		return;
	}
	const response = await fetch(location.href, { cache: 'no-store' });
	if (!response.ok) {
		return;
	}
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	if (isInUse()) {
		return;
	}
	const fresh = page.querySelector('[data-live]');
	if (fresh.textContent === shown) {
		return;
	}
	shown = fresh.textContent;
	const known = new Set([...live.querySelectorAll('[data-key]')].map((entry) => entry.dataset.key));
	for (const opened of live.querySelectorAll('details[open]')) {
		page.getElementById(opened.id)?.setAttribute('open', '');
	}
	for (const entry of page.querySelectorAll('[data-live] [data-key]')) {
		entry.classList.toggle('fresh', !known.has(entry.dataset.key));
	}
	live.replaceChildren(...fresh.childNodes);
	announcement.textContent = announcement.dataset.announce;
}

if (live) {
	let pending;
	const later = () => {
		clearTimeout(pending);
		pending = setTimeout(() => refresh().catch(() => {}), 200);
	};
	let source;
	addEventListener('pageshow', () => {
		source = new EventSource('/console/changes');
		source.addEventListener('changed', later);
		source.addEventListener('open', later);
	});
	// What waits changes without an event, for example when a task runs.
	if (live.dataset.every) {
		setInterval(() => document.hidden || later(), live.dataset.every * 1000);
	}
	// A browser has six connections. It may keep those of a page that was left, which comes back with the back button.
	addEventListener('pagehide', () => source.close());
	live.addEventListener('focusout', () => {
		if (missed) {
			later();
		}
	});
}
