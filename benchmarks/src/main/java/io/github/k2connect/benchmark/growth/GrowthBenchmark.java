package io.github.k2connect.benchmark.growth;

import java.util.List;

import io.github.k2connect.benchmark.message.Message;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.test.WebhookSigner;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.springframework.util.Assert;

/**
 * Verifies and decodes a message of a given size.
 */
@State(Scope.Thread)
public class GrowthBenchmark {

	private final WebhookParser parser = new WebhookParser(new SignatureVerifier(Message.API_KEY, List.of()));

	@Param
	private LargeMessage message = LargeMessage.POLL;

	@Param("4096")
	private int size;

	private byte[] body = {};

	private String signature = "";

	@Setup
	public void check() {
		this.body = this.message.body(this.size);
		this.signature = new WebhookSigner(Message.API_KEY).sign(this.body);
		Assert.state(isRead(library()), "The library read something else");
	}

	private boolean isRead(K2Event event) {
		if (event instanceof PollingResult poll) {
			return poll.transactions().size() >= this.size / 1024;
		}
		return event instanceof TillTransactionDetails payment && "SC21AB34CD".equals(payment.reference());
	}

	@Benchmark
	public K2Event library() {
		return this.parser.parse(this.body, this.signature);
	}

}
