package io.github.k2connect.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

/**
 * Delivers messages at the instances of an application, at any of them, each until it is
 * answered 200.
 */
final class Deliveries implements AutoCloseable {

	/**
	 * Stands for the status of a delivery that found no server.
	 */
	static final int REFUSED = 0;

	/**
	 * Stands for the status of a delivery whose server went away before it answered.
	 */
	static final int CUT_OFF = -1;

	private final ExecutorService connections;

	private final Executor later;

	private final KopoKopo kopoKopo = new KopoKopo();

	private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

	private final Queue<Duration> times = new ConcurrentLinkedQueue<>();

	private final Map<Integer, AtomicInteger> acceptedByPort = new ConcurrentHashMap<>();

	private final List<Integer> ports;

	Deliveries(List<Integer> ports) {
		this(ports, 32);
	}

	Deliveries(List<Integer> ports, int connections) {
		this.ports = ports;
		this.connections = Executors.newFixedThreadPool(connections);
		this.later = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS, this.connections);
	}

	void add(List<byte[]> messages) {
		messages.forEach((message) -> this.connections.execute(() -> deliver(message)));
	}

	private void deliver(byte[] message) {
		int port = this.ports.get(ThreadLocalRandom.current().nextInt(this.ports.size()));
		int status = status(message, port);
		count(this.answers, status);
		if (status == 200) {
			count(this.acceptedByPort, port);
		}
		else {
			this.later.execute(() -> deliver(message));
		}
	}

	private int status(byte[] message, int port) {
		long start = System.nanoTime();
		try {
			int status = this.kopoKopo.deliver(message, port);
			this.times.add(Duration.ofNanos(System.nanoTime() - start));
			return status;
		}
		catch (ConnectException ex) {
			return REFUSED;
		}
		catch (IOException ex) {
			return CUT_OFF;
		}
	}

	private static void count(Map<Integer, AtomicInteger> counters, int key) {
		counters.computeIfAbsent(key, (absent) -> new AtomicInteger()).incrementAndGet();
	}

	Map<Integer, AtomicInteger> answers() {
		return this.answers;
	}

	int answered(int status) {
		return this.answers.getOrDefault(status, new AtomicInteger()).get();
	}

	/**
	 * The time within which this share of the answers came.
	 */
	Duration answeredWithin(double share) {
		List<Duration> sorted = this.times.stream().sorted().toList();
		return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
	}

	int acceptedBy(Instance instance) {
		return this.acceptedByPort.getOrDefault(instance.port(), new AtomicInteger()).get();
	}

	/**
	 * Waits until this many are answered 200.
	 */
	void awaitAccepted(int count) {
		Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> answered(200) >= count);
	}

	@Override
	public void close() {
		this.connections.shutdownNow();
	}

}
