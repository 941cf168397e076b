package io.github.k2connect.benchmark.message;

import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.JmhComparison;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to verify and decode a message, and to reject one.
 */
public final class MessageSuite implements Suite {

	private static final int ROUNDS = 5;

	private static final Goal AT_THE_LIMIT = Goal.atMost(1.1);

	@Override
	public String name() {
		return "message";
	}

	@Override
	public void run(Consumer<Row> rows) {
		verifyAndDecode("verify and decode a webhook", Message.WEBHOOK, AT_THE_LIMIT).forEach(rows);
		verifyAndDecode("verify and decode a result", Message.RESULT, null).forEach(rows);
		new JmhComparison("reject a forged webhook", "HMAC from a cloned `Mac`", ForgedSignatureBenchmark.class,
				Map.of())
			.measure(ROUNDS, AT_THE_LIMIT)
			.forEach(rows);
	}

	private static Iterable<? extends Row> verifyAndDecode(String what, Message message, @Nullable Goal goal) {
		return new JmhComparison(what, "HMAC from a cloned `Mac`, `readTree`", VerifyAndDecodeBenchmark.class,
				Map.of("message", message.name()))
			.measure(ROUNDS, goal);
	}

}
