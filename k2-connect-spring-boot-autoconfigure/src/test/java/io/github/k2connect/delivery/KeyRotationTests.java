package io.github.k2connect.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.k2connect.testfixtures.ServerPort;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rotation of the API key by hand, as the documentation describes it: two
 * instances are restarted one after another, and no message is lost.
 */
class KeyRotationTests {

	private final KopoKopo kopoKopo = new KopoKopo();

	private final AtomicReference<String> signingKey = new AtomicReference<>("old-key");

	private final List<Integer> responses = new CopyOnWriteArrayList<>();

	private final List<String> sent = new ArrayList<>();

	/**
	 * Held while an instance is chosen and gets a message, so that the load balancer
	 * sends none to an instance that stops.
	 */
	private final ReentrantLock loadBalancer = new ReentrantLock();

	@Test
	void losesNoMessageWhileKeyIsRotated() throws Exception {
		AtomicBoolean rotated = new AtomicBoolean();
		try (DatabaseServer database = Database.H2.start()) {
			database.createEffects();
			List<ConfigurableApplicationContext> instances = new ArrayList<>(
					List.of(start(database, "--k2.api-key=old-key"), start(database, "--k2.api-key=old-key")));
			Thread sender = new Thread(() -> {
				while (!rotated.get()) {
					deliver(instances);
				}
			});
			sender.start();
			restartAll(instances, database, "--k2.api-key=new-key", "--k2.previous-api-keys=old-key");
			this.signingKey.set("new-key");
			awaitMore();
			restartAll(instances, database, "--k2.api-key=new-key");
			awaitMore();
			rotated.set(true);
			sender.join();
			instances.forEach(ConfigurableApplicationContext::close);
			assertThat(this.responses).containsOnly(200);
			assertThat(database.effects()).containsExactlyInAnyOrderElementsOf(this.sent);
		}
	}

	private void deliver(List<ConfigurableApplicationContext> instances) {
		Message message = Message.webhook("webhook-" + this.sent.size());
		this.sent.add(message.effect());
		this.responses.add(balanced(() -> {
			int port = port(instances.get(this.sent.size() % instances.size()));
			try {
				return this.kopoKopo.deliver(message.write(), port, this.signingKey.get());
			}
			catch (IOException ex) {
				return 0;
			}
		}));
	}

	private <T> T balanced(Supplier<T> step) {
		this.loadBalancer.lock();
		try {
			return step.get();
		}
		finally {
			this.loadBalancer.unlock();
		}
	}

	private void restartAll(List<ConfigurableApplicationContext> instances, DatabaseServer database,
			String... arguments) {
		for (int i = 0; i < 2; i++) {
			awaitMore();
			balanced(() -> instances.remove(0)).close();
			ConfigurableApplicationContext started = start(database, arguments);
			balanced(() -> instances.add(started));
		}
	}

	private void awaitMore() {
		int before = this.responses.size();
		Awaitility.await().until(() -> this.responses.size() > before + 10);
	}

	private static ConfigurableApplicationContext start(DatabaseServer database, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--server.port=" + ServerPort.find());
		all.add("--ledger.failures=0");
		return new SpringApplicationBuilder(LedgerApplication.class)
			.run(database.arguments(all.toArray(String[]::new)).toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext instance) {
		return instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
