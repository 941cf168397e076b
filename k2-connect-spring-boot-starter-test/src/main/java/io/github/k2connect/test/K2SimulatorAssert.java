package io.github.k2connect.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;

/**
 * AssertJ assertions on the {@linkplain K2Simulator#journal() journal} of a simulator.
 * They wait until they are met, for up to ten seconds unless {@link #within(Duration)}
 * sets another time.
 */
public final class K2SimulatorAssert extends AbstractAssert<K2SimulatorAssert, K2Simulator> {

	private static final int ACCEPTED = 200;

	private Duration timeout = Duration.ofSeconds(10);

	private K2SimulatorAssert(K2Simulator simulator) {
		super(simulator, K2SimulatorAssert.class);
	}

	/**
	 * Create assertions on a simulator.
	 * @param simulator the simulator
	 * @return the assertions
	 */
	public static K2SimulatorAssert assertThat(K2Simulator simulator) {
		return new K2SimulatorAssert(simulator);
	}

	/**
	 * Set how long the assertions that follow wait.
	 * @param newTimeout the time
	 * @return the assertions
	 */
	public K2SimulatorAssert within(Duration newTimeout) {
		this.timeout = newTimeout;
		return this;
	}

	/**
	 * Verify that the simulator received a request.
	 * @param method the HTTP method
	 * @param path the path without its query; {@code *} is any segment, as in
	 * {@code /api/v1/incoming_payments/*}
	 * @return the assertions
	 */
	public K2SimulatorAssert hasReceived(String method, String path) {
		return verify("received " + method + " " + path, request(method, path));
	}

	/**
	 * Verify how often the simulator received a request: each attempt is a request.
	 * @param times how often
	 * @param method the HTTP method
	 * @param path the path without its query; {@code *} is any segment, as in
	 * {@code /api/v1/incoming_payments/*}
	 * @return the assertions
	 */
	public K2SimulatorAssert hasReceived(int times, String method, String path) {
		return verify(times, "received " + method + " " + path, request(method, path));
	}

	/**
	 * Verify that a message was delivered: that the application accepted it with status
	 * 200.
	 * @param message the topic of a webhook or the type of a result, such as
	 * {@code buygoods_transaction_received} or {@code incoming_payment}
	 * @return the assertions
	 */
	public K2SimulatorAssert hasDelivered(String message) {
		return verify("delivered " + message, delivery(message, ACCEPTED));
	}

	/**
	 * Verify how often a message was delivered: how often the application accepted one of
	 * this name with status 200.
	 * @param times how often
	 * @param message the topic of a webhook or the type of a result
	 * @return the assertions
	 */
	public K2SimulatorAssert hasDelivered(int times, String message) {
		return verify(times, "delivered " + message, delivery(message, ACCEPTED));
	}

	/**
	 * Verify that the application responded to a message with a status.
	 * @param message the topic of a webhook or the type of a result
	 * @param status the HTTP status, 0 when there was no response
	 * @return the assertions
	 */
	public K2SimulatorAssert hasDeliveredWithStatus(String message, int status) {
		return verify("delivered " + message + " with status " + status, delivery(message, status));
	}

	private static Predicate<Exchange> request(String method, String path) {
		Pattern pattern = Pattern.compile("\\Q" + path.replace("*", "\\E[^/?]+\\Q") + "\\E(\\?.*)?");
		return (exchange) -> exchange.direction() == Exchange.Direction.REQUEST && exchange.method().equals(method)
				&& pattern.matcher(exchange.path()).matches();
	}

	private static Predicate<Exchange> delivery(String message, int status) {
		return (exchange) -> exchange.direction() == Exchange.Direction.DELIVERY && exchange.status() == status
				&& Messages.name(exchange.body()).equals(message);
	}

	private K2SimulatorAssert verify(String what, Predicate<Exchange> condition) {
		List<Exchange> journal = await(1, condition);
		if (count(journal, condition) == 0) {
			fail("the simulator has " + what, "it has not", journal);
		}
		return this;
	}

	private K2SimulatorAssert verify(int times, String what, Predicate<Exchange> condition) {
		List<Exchange> journal = await(times, condition);
		long actualTimes = count(journal, condition);
		if (actualTimes != times) {
			fail("the simulator has " + times + " times " + what, "it has " + actualTimes + " times", journal);
		}
		return this;
	}

	private List<Exchange> await(int times, Predicate<Exchange> condition) {
		isNotNull();
		return this.actual.awaitJournal((exchanges) -> count(exchanges, condition) >= times, this.timeout);
	}

	private static long count(List<Exchange> journal, Predicate<Exchange> condition) {
		return journal.stream().filter(condition).count();
	}

	private void fail(String expected, String found, List<Exchange> journal) {
		failWithMessage("Expected that %s, but %s. Its journal:%n%s", expected, found, journal.isEmpty() ? "(empty)"
				: journal.stream().map(Exchange::toString).collect(Collectors.joining(System.lineSeparator())));
	}

}
