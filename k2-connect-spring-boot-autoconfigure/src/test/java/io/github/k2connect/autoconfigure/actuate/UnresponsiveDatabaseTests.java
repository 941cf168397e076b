package io.github.k2connect.autoconfigure.actuate;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for health, endpoint and meters while the database does not respond. Each of them
 * responds nevertheless, two seconds later at most.
 */
class UnresponsiveDatabaseTests {

	/**
	 * Two seconds, and the time of a request on a busy machine.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final int POOL = 3;

	private static void assertRespondsWithoutDatabase(MonitoredShop shop) throws Exception {
		JsonNode report = json(shop, "k2");
		assertThat(report.has("accounts")).isTrue();
		assertThat(report.at("/inbox").isNull()).isTrue();
		assertThat(json(shop, "health/k2").at("/status").asString()).isEqualTo("UP");
		long start = System.nanoTime();
		String scrape = shop.actuator("prometheus").body();
		assertWithinLimit(start);
		assertThat(scrape).contains("k2_token_remaining_seconds");
	}

	private static JsonNode json(MonitoredShop shop, String path) throws Exception {
		long start = System.nanoTime();
		JsonNode json = shop.json(path);
		assertWithinLimit(start);
		return json;
	}

	private static void assertWithinLimit(long start) {
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
	}

	private static void awaitDatabase(MonitoredShop shop) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(shop.json("k2").at("/inbox/waiting").isNumber()).isTrue());
	}

	@Test
	void doesNotWaitForConnectionOfPool() throws Exception {
		try (MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET,
				"--spring.datasource.hikari.maximum-pool-size=" + POOL)) {
			awaitDatabase(shop);
			List<Connection> taken = new ArrayList<>();
			try {
				for (int connection = 0; connection < POOL; connection++) {
					taken.add(shop.bean(DataSource.class).getConnection());
				}
				assertRespondsWithoutDatabase(shop);
			}
			finally {
				for (Connection connection : taken) {
					connection.close();
				}
			}
			awaitDatabase(shop);
		}
	}

	@Test
	void doesNotWaitForDatabase() throws Exception {
		try (Network network = new Network();
				MonitoredShop shop = new MonitoredShop(WebApplicationType.SERVLET,
						"--spring.datasource.url=jdbc:h2:tcp://localhost:" + network.port() + "/mem:"
								+ UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
						"--k2.store.jdbc.initialize-schema=always")) {
			awaitDatabase(shop);
			network.stall();
			try {
				assertRespondsWithoutDatabase(shop);
			}
			finally {
				network.resume();
			}
			awaitDatabase(shop);
		}
	}

	/**
	 * The network in front of a database. While it stalls, connections stay open and
	 * nothing arrives.
	 */
	private static final class Network implements Closeable {

		private final ExecutorService threads = Executors.newCachedThreadPool();

		private final ReentrantReadWriteLock passing = new ReentrantReadWriteLock();

		private final Server database;

		private final ServerSocket server;

		Network() throws IOException, SQLException {
			this.database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.threads.execute(this::accept);
		}

		int port() {
			return this.server.getLocalPort();
		}

		void stall() {
			this.passing.writeLock().lock();
		}

		void resume() {
			this.passing.writeLock().unlock();
		}

		private void accept() {
			try {
				while (true) {
					Socket client = this.server.accept();
					Socket target = new Socket(InetAddress.getLoopbackAddress(), this.database.getPort());
					this.threads.execute(() -> pass(client, target));
					this.threads.execute(() -> pass(target, client));
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		private void pass(Socket from, Socket to) {
			try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
				byte[] buffer = new byte[8192];
				for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
					this.passing.readLock().lock();
					try {
						out.write(buffer, 0, length);
						out.flush();
					}
					finally {
						this.passing.readLock().unlock();
					}
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		@Override
		public void close() throws IOException {
			this.server.close();
			this.database.stop();
			this.threads.shutdownNow();
		}

	}

}
