package io.github.k2connect.benchmark.message;

import java.math.BigDecimal;
import java.util.List;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Verifies and decodes a genuine message. The floor is the HMAC and one reading of the
 * JSON as a tree.
 */
@State(Scope.Thread)
public class VerifyAndDecodeBenchmark {

	private final WebhookParser parser = new WebhookParser(new SignatureVerifier(Message.API_KEY, List.of()));

	private final ClonedMac mac = new ClonedMac(Message.API_KEY);

	private final JsonMapper mapper = new JsonMapper();

	@Param
	private Message message = Message.WEBHOOK;

	private byte[] body = {};

	private String signature = "";

	@Setup
	public void check() {
		this.body = this.message.body();
		this.signature = this.message.signature();
		Assert.state(library() instanceof TillTransactionDetails payment && payment.amount() != null
				&& payment.amount().compareTo(new BigDecimal("1000")) > 0, "The library read no payment");
		Assert.state(floor().size() > 0, "The floor read nothing");
	}

	@Benchmark
	public K2Event library() {
		return this.parser.parse(this.body, this.signature);
	}

	@Benchmark
	public JsonNode floor() {
		Assert.state(this.mac.isValid(this.body, this.signature), "The signature is wrong");
		return this.mapper.readTree(this.body);
	}

}
