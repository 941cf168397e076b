package io.github.k2connect.benchmark.message;

import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.JmhComparison;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;

/**
 * What it costs to verify and decode a message, and to reject one.
 */
public final class MessageSuite implements Suite {

	private static final int ROUNDS = 5;

	@Override
	public String name() {
		return "message";
	}

	@Override
	public void run(Consumer<Row> rows) {
		verifyAndDecode("verify and decode a webhook", Message.WEBHOOK).forEach(rows);
		verifyAndDecode("verify and decode a result", Message.RESULT).forEach(rows);
		new JmhComparison("reject a forged webhook", "HMAC from a cloned `Mac`", ForgedSignatureBenchmark.class,
				Map.of())
			.measure(ROUNDS, Goal.atMost(1.1))
			.forEach(rows);
	}

	private static Iterable<? extends Row> verifyAndDecode(String what, Message message) {
		return new JmhComparison(what, "HMAC from a cloned `Mac`, `readTree`", VerifyAndDecodeBenchmark.class,
				Map.of("message", message.name()))
			.measure(ROUNDS, Goal.atMost(1.1));
	}

}
