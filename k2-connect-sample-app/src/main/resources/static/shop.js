'use strict';

// The pages work without this script; it saves the customer waiting and typing.

for (const form of document.querySelectorAll('form[data-send-once]')) {
	const button = form.querySelector('[type=submit]');
	let sent = false;
	form.addEventListener('submit', (event) => {
		if (sent) {
			event.preventDefault();
			return;
		}
		sent = true;
		button.setAttribute('aria-disabled', 'true');
	});
	window.addEventListener('pageshow', () => {
		sent = false;
		button.removeAttribute('aria-disabled');
	});
}

for (const button of document.querySelectorAll('[data-phone-number]')) {
	button.hidden = false;
	button.addEventListener('click', () => {
		const field = document.getElementById('phoneNumber');
		field.value = button.dataset.phoneNumber;
		field.focus();
	});
}

const order = document.getElementById('order');

// Takes the present state of the order from a fresh copy of the page. An order that is no longer kept has a page of
// its own.
async function refresh() {
	const response = await fetch(location.pathname, { cache: 'no-store' });
	if (response.status === 404) {
		location.reload();
	}
	if (!response.ok) {
		return;
	}
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	const fresh = page.getElementById('order');
	const live = order.querySelector('[data-live]');
	const focused = live.contains(document.activeElement);
	document.title = page.title;
	order.dataset.state = fresh.dataset.state;
	live.replaceChildren(...fresh.querySelector('[data-live]').childNodes);
	if (focused) {
		live.querySelector('h1').focus();
	}
	if (!fresh.dataset.events) {
		delete order.dataset.events;
	}
}

function follow() {
	const source = new EventSource(order.dataset.events);
	source.addEventListener('state', async (event) => {
		if (event.data !== order.dataset.state) {
			await refresh();
		}
		if (!order.dataset.events) {
			source.close();
		}
	});
	source.addEventListener('error', () => {
		if (source.readyState === EventSource.CLOSED) {
			setTimeout(resume, 5000);
		}
	});
}

async function resume() {
	try {
		await refresh();
	}
	finally {
		if (order.dataset.events) {
			follow();
		}
	}
}

if (order?.dataset.events) {
	follow();
}
