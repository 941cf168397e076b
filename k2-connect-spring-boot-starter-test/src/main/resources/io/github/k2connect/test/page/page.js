// Follows what happens: takes over the parts of the page that have changed, and sends forms without leaving the page.
'use strict';

const INTERVAL = 1000;

/** The HTML from which an element of a list was made: its state, such as what was typed, is not in it. */
const sources = new WeakMap();

const announcer = document.getElementById('announcer');

function lists() {
	return document.querySelectorAll('[data-live]');
}

/** Keep what a person has done to an element: opened, typed and focused. */
function keepState(before, after) {
	for (const details of before.querySelectorAll('details[id][open]')) {
		after.querySelector('#' + CSS.escape(details.id))?.setAttribute('open', '');
	}
	for (const field of before.querySelectorAll('input[id], select[id]')) {
		const same = after.querySelector('#' + CSS.escape(field.id));
		if (same) {
			same.value = field.value;
		}
	}
}

/** Take the place of an element, with its state and its focus. */
function replace(before, after) {
	const focused = before.contains(document.activeElement) ? document.activeElement.id : null;
	keepState(before, after);
	before.replaceWith(after);
	if (focused !== null) {
		const same = focused ? document.getElementById(focused) : null;
		(same ?? after).focus();
	}
}

/** Change a list where it differs from a fresh one, and nowhere else. */
function update(list, fresh) {
	const before = new Map([...list.children].map((child) => [child.id, child]));
	const after = [...fresh.children].map((child) => {
		const known = before.get(child.id);
		const source = child.outerHTML;
		if (known && sources.get(known) === source) {
			return known;
		}
		const made = document.importNode(child, true);
		sources.set(made, source);
		if (made.dataset.announce && made.dataset.announce !== known?.dataset.announce) {
			announcer.textContent = made.dataset.announce;
		}
		if (known) {
			replace(known, made);
		}
		return made;
	});
	[...list.children].filter((child) => !after.includes(child)).forEach((child) => child.remove());
	after.forEach((child, i) => child === list.children[i] || list.insertBefore(child, list.children[i]));
}

let running;

/** Show the page as it is now. Calls while one is running wait for the next. */
async function refresh() {
	const previous = running;
	let done;
	running = new Promise((resolve) => done = resolve);
	await previous;
	try {
		const response = await fetch('/' + location.search);
		if (response.ok) {
			const page = new DOMParser().parseFromString(await response.text(), 'text/html');
			lists().forEach((list) => update(list, page.getElementById(list.id)));
			document.documentElement.classList.remove('stopped');
		}
	}
	catch {
		document.documentElement.classList.add('stopped');
	}
	finally {
		done();
	}
}

async function follow() {
	if (!document.hidden) {
		await refresh();
	}
	setTimeout(follow, INTERVAL);
}

document.addEventListener('submit', async (event) => {
	const form = event.target;
	const button = event.submitter;
	if (form.id === 'filter') {
		event.preventDefault();
	}
	else if (form.method === 'post' && button?.formMethod !== 'get') {
		event.preventDefault();
		button?.setAttribute('aria-busy', 'true');
		try {
			await fetch(form.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(new FormData(form, button)) });
		}
		catch {
			document.documentElement.classList.add('stopped');
		}
		button?.removeAttribute('aria-busy');
		await refresh();
	}
});

const filter = document.getElementById('filter');
filter.addEventListener('input', () => {
	const query = new URLSearchParams(location.search);
	new FormData(filter).forEach((value, name) => query.set(name, value));
	history.replaceState(null, '', '?' + query + location.hash);
	refresh();
});

document.addEventListener('click', async (event) => {
	const key = event.target.closest('[data-digit]');
	if (key) {
		const pin = key.closest('.phone').querySelector('.pin');
		if (key.dataset.digit === 'C') {
			pin.value = pin.value.slice(0, -1);
		}
		else if (pin.value.length < pin.maxLength) {
			pin.value += key.dataset.digit;
		}
	}
	const copy = event.target.closest('[data-copy]');
	if (copy) {
		const text = document.getElementById(copy.dataset.copy);
		getSelection().selectAllChildren(text);
		try {
			await navigator.clipboard.writeText(text.textContent);
			copy.textContent = 'Copied';
		}
		catch {
			copy.textContent = 'Selected';
		}
		announcer.textContent = copy.textContent;
	}
});

document.documentElement.classList.add('js');
lists().forEach((list) => [...list.children].forEach((child) => sources.set(child, child.outerHTML)));
document.addEventListener('visibilitychange', () => document.hidden || refresh());
setTimeout(follow, INTERVAL);
