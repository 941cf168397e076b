package io.github.k2connect.test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the buttons of the page do. Each action returns what it has done.
 */
final class PageActions {

	private final SimulatedAccounts accounts;

	private final CallbackClient callbacks;

	private final Deliveries deliveries;

	private final Faults faults;

	private final Journal journal;

	private final Phones phones;

	private final TillPayments tillPayments;

	private final Runnable reset;

	PageActions(SimulatedAccounts accounts, CallbackClient callbacks, Deliveries deliveries, Faults faults,
			Journal journal, Phones phones, TillPayments tillPayments, Runnable reset) {
		this.accounts = accounts;
		this.callbacks = callbacks;
		this.deliveries = deliveries;
		this.faults = faults;
		this.journal = journal;
		this.phones = phones;
		this.tillPayments = tillPayments;
		this.reset = reset;
	}

	/**
	 * Return the actions by name.
	 */
	Map<String, Function<FormFields, String>> all() {
		Map<String, Function<FormFields, String>> actions = new TreeMap<>();
		actions.put("ring", this::ring);
		actions.put("phone", this::addPhone);
		actions.put("pin", this::enterPin);
		actions.put("cancel", this::cancel);
		actions.put("power", this::power);
		actions.put("balance", this::balance);
		actions.put("pay", this::payTill);
		actions.put("inject", this::inject);
		actions.put("heal", this::heal);
		actions.put("send", this::send);
		actions.put("again", this::deliverAgain);
		actions.put("clear", this::clearJournal);
		actions.put("origin", this::callbackOrigin);
		actions.put("reset", this::resetAll);
		return actions;
	}

	private String ring(FormFields form) {
		boolean rings = form.has("on");
		this.phones.interactive(rings);
		return rings ? "Phones ring until you answer." : "Phones pay by themselves.";
	}

	private String addPhone(FormFields form) {
		return phone(form).number() + " is on the page.";
	}

	private String enterPin(FormFields form) {
		prompt(form).enterPin(form.get("pin"));
		return answerOf(phone(form));
	}

	private String cancel(FormFields form) {
		prompt(form).cancel();
		return answerOf(phone(form));
	}

	private PaymentPrompt prompt(FormFields form) {
		Phone phone = phone(form);
		return phone.prompt()
			.filter((prompt) -> PhoneView.PromptView.push(prompt).equals(form.get("push")))
			.orElseThrow(() -> new IllegalStateException(phone.number() + " no longer shows this prompt"));
	}

	private static String answerOf(Phone phone) {
		return phone.number() + ", " + phone.heard().get(phone.heard().size() - 1);
	}

	private String power(FormFields form) {
		Phone phone = phone(form);
		phone.on(form.has("on"));
		return phone.number() + (phone.isOn() ? " is on." : " is off.");
	}

	private String balance(FormFields form) {
		Phone phone = phone(form);
		phone.balance(form.amount("balance"));
		return phone.number() + " has Ksh" + Phone.text(phone.balance()) + ".";
	}

	private String payTill(FormFields form) {
		Phone phone = phone(form);
		String reference = this.tillPayments.pay(account(form).name(), phone, form.get("till"), form.amount("amount"));
		return phone.number() + " paid: " + reference + ".";
	}

	private Phone phone(FormFields form) {
		String number = form.get("number");
		if (PhoneNumbers.digits(number).isEmpty()) {
			throw new IllegalArgumentException("'" + number + "' is not a Kenyan phone number");
		}
		return this.phones.get(number);
	}

	private SimulatedAccount account(FormFields form) {
		return this.accounts.get(form.has("account") ? form.get("account") : SimulatedAccount.DEFAULT_NAME);
	}

	private String inject(FormFields form) {
		FaultChoice choice = FaultChoice.of(form.get("fault"));
		SimulatedFault fault = choice.create(Duration.ofSeconds(choice.takesSeconds() ? form.number("seconds") : 0));
		switch (form.get("how")) {
			case "once" -> this.faults.inject(fault, 1);
			case "next" -> this.faults.inject(fault, form.number("times"));
			default -> this.faults.inject(fault);
		}
		return choice.label() + " is in effect.";
	}

	private String heal(FormFields form) {
		this.deliveries.deliver(this.deliveries.generation(), this.faults.heal());
		return "Nothing goes wrong any more.";
	}

	private String send(FormFields form) {
		String json = form.has("json") ? form.get("json") : MessageEditor.of(form).json();
		SimulatedAccount account = account(form);
		SimulatedWebhook webhook = SimulatedWebhook.of(json);
		account.ledger().received(webhook);
		Message message = Message.of(name(json), account, url(form, account, webhook), webhook.body());
		return post(form.has("wrongly") ? message.signedBy(new WebhookSigner(Identifiers.id())) : message);
	}

	/**
	 * Return where a message is sent: to the given URL, or else to the one that is
	 * subscribed to the webhook, or else to the webhook endpoint.
	 */
	private static URI url(FormFields form, SimulatedAccount account, SimulatedWebhook webhook) {
		String url = form.get("url").strip();
		if (!url.isEmpty()) {
			if (!CallbackUrls.isAbsolute(URI.create(url))) {
				throw new IllegalArgumentException("'" + url + "' is not an absolute http or https URL");
			}
			return URI.create(url);
		}
		return account.ledger()
			.subscriptions()
			.messages(webhook, account)
			.stream()
			.findFirst()
			.map(Message::url)
			.orElseGet(account::webhookUrl);
	}

	private String deliverAgain(FormFields form) {
		return this.journal.entries()
			.stream()
			.filter((entry) -> form.get("entry").equals(Long.toString(entry.number())))
			.findFirst()
			.map(JournalEntry::delivered)
			.map(JournalEntry.Delivered::message)
			.map((message) -> post(Message.of(message.name(), message.account(), message.url(), message.body())))
			.orElseThrow(() -> new IllegalStateException("The journal no longer has this delivery"));
	}

	private String post(Message message) {
		try {
			return message.name() + ": the application answered " + this.callbacks.post(message) + ".";
		}
		catch (IOException ex) {
			throw new IllegalStateException(message.name() + ": the application did not respond", ex);
		}
	}

	private static String name(String json) {
		String name = Messages.name(json);
		return name.isEmpty() ? "The message" : name;
	}

	private String clearJournal(FormFields form) {
		this.journal.clear();
		return "The journal is empty.";
	}

	private String resetAll(FormFields form) {
		this.reset.run();
		return "The simulator is as at its start.";
	}

	private String callbackOrigin(FormFields form) {
		String origin = form.get("origin").strip();
		this.callbacks.origin(origin.isEmpty() ? null : URI.create(origin));
		return origin.isEmpty() ? "Callbacks go to the URLs that the application gives."
				: "Callbacks go to " + origin + ".";
	}

}
