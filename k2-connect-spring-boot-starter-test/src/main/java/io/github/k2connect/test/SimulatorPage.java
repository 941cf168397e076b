package io.github.k2connect.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Page of the simulator. It works without JavaScript: each button is a form, whose action
 * redirects to the page. With JavaScript the page also follows what happens.
 */
final class SimulatorPage {

	private static final int MAX_PHONES = 100;

	private final SimulatedAccounts accounts;

	private final CallbackClient callbacks;

	private final Faults faults;

	private final Journal journal;

	private final Phones phones;

	private final PageActions actions;

	private final AtomicReference<PageView.@Nullable Notice> notice = new AtomicReference<>();

	SimulatorPage(SimulatedAccounts accounts, CallbackClient callbacks, Faults faults, Journal journal, Phones phones,
			PageActions actions) {
		this.accounts = accounts;
		this.callbacks = callbacks;
		this.faults = faults;
		this.journal = journal;
		this.phones = phones;
		this.actions = actions;
	}

	List<Endpoint> endpoints() {
		List<Endpoint> endpoints = new ArrayList<>();
		endpoints.add(Endpoint.get("/", this::show));
		endpoints.add(file("page.css", "text/css; charset=utf-8"));
		endpoints.add(file("page.js", "text/javascript; charset=utf-8"));
		endpoints.add(file("icon.svg", "image/svg+xml"));
		this.actions.all()
			.forEach((name, action) -> endpoints
				.add(Endpoint.post("/page/" + name, (request) -> perform(action, request))));
		return endpoints;
	}

	private Endpoint file(String name, String type) {
		return Endpoint.get("/page/" + name, (request) -> PageTemplate.file(name, type));
	}

	private ResponseDefinition show(Request request) {
		FormFields query = FormFields.ofQuery(request.getAbsoluteUrl());
		String baseUrl = "http://" + SiteGuard.host(request);
		return PageTemplate.show(new PageView(baseUrl, Objects.toString(this.callbacks.origin(), ""),
				this.accounts.all().stream().map(SimulatedAccount::name).toList(), this.notice.get(),
				this.phones.isInteractive(), shownPhones(),
				this.faults.injected().stream().map(PageView::inEffect).toList(), MessageEditor.of(query),
				JournalView.of(this.journal, query, baseUrl)));
	}

	/**
	 * Return the phones, of which many may be left out that do not ring.
	 */
	private List<PhoneView> shownPhones() {
		return this.phones.all()
			.stream()
			.map(PhoneView::of)
			.sorted(Comparator.comparing((phone) -> phone.prompt() == null))
			.limit(MAX_PHONES)
			.sorted(Comparator.comparing(PhoneView::number))
			.toList();
	}

	private ResponseDefinition perform(Function<FormFields, String> action, Request request) {
		try {
			note(action.apply(FormFields.parse(request.getBodyAsString())), false);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			note(Objects.toString(ex.getMessage()), true);
		}
		return WireMock.aResponse().withStatus(303).withHeader("location", "/" + query(request)).build();
	}

	private void note(String text, boolean failed) {
		this.notice
			.updateAndGet((before) -> new PageView.Notice((before != null) ? before.number() + 1 : 1, text, failed));
	}

	/**
	 * Return the query of the page whose button was pressed.
	 */
	private static String query(Request request) {
		return Optional.ofNullable(request.getHeader("Referer"))
			.filter((referer) -> referer.contains("?"))
			.map((referer) -> referer.substring(referer.indexOf('?')))
			.orElse("");
	}

}
