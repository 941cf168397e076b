package io.github.k2connect.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resource that the simulator created. It is pending until the work on it is due.
 */
final class SimulatedResource {

	private final String id;

	private final ResourceDescription description;

	private final SimulatedAccount account;

	private final int generation;

	private ResourceRequest request;

	private boolean responded;

	private boolean done;

	private @Nullable Completion completion;

	private boolean announced;

	SimulatedResource(String id, ResourceDescription description, ResourceRequest request, SimulatedAccount account,
			int generation) {
		this.id = id;
		this.description = description;
		this.request = request;
		this.account = account;
		this.generation = generation;
	}

	String id() {
		return this.id;
	}

	String type() {
		return this.description.type();
	}

	SimulatedAccount account() {
		return this.account;
	}

	/**
	 * Return the generation of deliveries in which the resource was created.
	 */
	int generation() {
		return this.generation;
	}

	synchronized ResourceRequest request() {
		return this.request;
	}

	/**
	 * Change when the work is due.
	 */
	synchronized void dueAt(Instant time) {
		this.request = this.request.dueAt(time);
	}

	/**
	 * Note that the response was sent. The result is not announced before.
	 * @return how long the work still takes
	 */
	synchronized Duration responded() {
		this.responded = true;
		return this.done ? Duration.ZERO : Duration.between(Instant.now(), this.request.dueAt());
	}

	/**
	 * Return the resource with its current status, as in responses and results.
	 */
	synchronized ObjectNode json() {
		completeWhenDue();
		ObjectNode attributes = (this.completion != null) ? this.completion.attributes()
				: this.description.outcome().pending(this.request);
		ObjectNode json = Json.object();
		json.putObject("data")
			.put("id", this.id)
			.put("type", this.description.type())
			.set("attributes", attributes.deepCopy());
		return json;
	}

	/**
	 * End the work before it is due.
	 * @return whether the work was still pending
	 */
	synchronized boolean endWith(Completion early) {
		completeWhenDue();
		if (this.done) {
			return false;
		}
		this.done = true;
		this.completion = early;
		return true;
	}

	/**
	 * Do the work if it is not done yet, though it may not be due, and claim the
	 * announcement of its result.
	 * @return whether the caller is to announce it
	 */
	synchronized boolean claimAnnouncement() {
		Instant now = Instant.now();
		if (now.isBefore(this.request.dueAt())) {
			dueAt(now);
		}
		complete();
		if (this.completion == null || this.announced || !this.responded) {
			return false;
		}
		this.announced = true;
		return true;
	}

	synchronized List<SimulatedWebhook> events() {
		return (this.completion != null) ? this.completion.events() : List.of();
	}

	synchronized void completeWhenDue() {
		if (!Instant.now().isBefore(this.request.dueAt())) {
			complete();
		}
	}

	private void complete() {
		if (!this.done) {
			this.done = true;
			this.completion = this.description.outcome().complete(this.request, this.account.ledger());
		}
	}

}
