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

// Takes the present state of the order from a fresh copy of the page. A screen reader reads it when it has changed.
async function refresh() {
	const response = await fetch(location.pathname, { cache: 'no-store' });
	if (!response.ok) {
		return;
	}
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	const fresh = page.getElementById('order');
	if (fresh.dataset.state === order.dataset.state) {
		return;
	}
	const live = order.querySelector('[data-live]');
	const focused = live.contains(document.activeElement);
	document.title = page.title;
	order.dataset.state = fresh.dataset.state;
	order.querySelector('.phone').replaceWith(fresh.querySelector('.phone'));
	live.replaceChildren(...fresh.querySelector('[data-live]').childNodes);
	if (focused) {
		live.querySelector('h1').focus();
	}
	if (!fresh.dataset.open) {
		delete order.dataset.open;
	}
}

async function follow() {
	while (order.dataset.open) {
		await new Promise((resolve) => setTimeout(resolve, 1500));
		await refresh().catch(() => {});
	}
}

function countDown() {
	const timer = order.querySelector('.time-left');
	if (!timer) {
		return;
	}
	const seconds = Math.max(0, timer.dataset.seconds - 1);
	timer.dataset.seconds = seconds;
	timer.textContent = (seconds > 0) ? `${seconds} seconds left` : 'Checking with M-PESA';
}

if (order?.dataset.open) {
	follow();
	setInterval(countDown, 1000);
}
