package io.github.k2connect.benchmark.message;

import java.util.List;

import io.github.k2connect.webhook.InvalidSignatureException;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.springframework.util.Assert;

/**
 * Rejects a message with a wrong signature. The floor is the HMAC alone.
 */
@State(Scope.Thread)
public class ForgedSignatureBenchmark {

	private final WebhookParser parser = new WebhookParser(
			new SignatureVerifier(Message.API_KEY, List.of(), "the-client-secret"));

	private final ClonedMac mac = new ClonedMac(Message.API_KEY);

	private final byte[] body = Message.WEBHOOK.body();

	private final String signature = Message.RESULT.signature();

	@Setup
	public void check() {
		Assert.state(library() && floor(), "A forged message was accepted");
	}

	@Benchmark
	public boolean library() {
		try {
			this.parser.parse(this.body, this.signature);
			return false;
		}
		catch (InvalidSignatureException ex) {
			return true;
		}
	}

	@Benchmark
	public boolean floor() {
		return !this.mac.isValid(this.body, this.signature);
	}

}
