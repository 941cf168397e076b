package io.github.k2connect.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.Proofs;
import io.github.k2connect.testfixtures.ServerPort;
import io.github.k2connect.webhook.Signatures;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that is restarted under load finishes the deliveries that it has begun: no
 * event is lost, and each has its effect once.
 */
@Tag("long")
class RestartTests {

	private static final Log logger = LogFactory.getLog(RestartTests.class);

	private static final int RESTARTS = Proofs.size(3, 10);

	private static final int MESSAGES_PER_RESTART = 200;

	private static ConfigurableApplicationContext run(DatabaseServer database, int port, String mode) {
		return new SpringApplicationBuilder(LedgerApplication.class).run(
				database
					.arguments("--server.port=" + port, "--k2.api-key=" + KopoKopo.API_KEY, "--ledger.failures=0",
							"--k2.webhook.mode=" + mode)
					.toArray(String[]::new));
	}

	/**
	 * After each stop, what was handled or stored is exactly what was answered with 200.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "direct", "inbox" })
	void finishesDeliveriesBeforeEachStop(String mode) throws Exception {
		List<Message> messages = Message.many(RESTARTS * MESSAGES_PER_RESTART);
		int port = ServerPort.find();
		try (DatabaseServer database = Database.H2.start(); Senders senders = new Senders(port)) {
			database.createEffects();
			for (int restart = 1; restart <= RESTARTS; restart++) {
				ConfigurableApplicationContext instance = run(database, port, mode);
				try (instance) {
					int before = senders.answered("200");
					senders.add(messages.subList((restart - 1) * MESSAGES_PER_RESTART, restart * MESSAGES_PER_RESTART));
					senders.awaitAnswered(before + MESSAGES_PER_RESTART / 4);
				}
				senders.awaitRefused();
				assertThat(database.count("k2_event") + (mode.equals("inbox") ? database.count("k2_task") : 0))
					.isEqualTo(senders.answered("200"));
			}
			ConfigurableApplicationContext last = run(database, port, mode);
			try (last) {
				senders.awaitAnswered(messages.size());
				Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> database.count("effect") >= messages.size());
			}
			logger.info(RESTARTS + " restarts in " + mode + " mode, " + Senders.COUNT + " senders: " + senders.answers);
			assertThat(senders.answers.keySet()).isSubsetOf("200", "503", Senders.REFUSED).contains("200");
			assertThat(database.effects()).hasSize(messages.size())
				.hasSameElementsAs(messages.stream().map(Message::effect).toList());
		}
	}

	/**
	 * Senders that use a new connection for each delivery, and repeat a delivery until it
	 * is answered with 200.
	 */
	private static final class Senders implements AutoCloseable {

		static final int COUNT = 16;

		/**
		 * The answer to a delivery that did not reach the endpoint: its connection was
		 * refused or closed, or the server that stops responded with an error page, as
		 * Tomcat does with status 400.
		 */
		static final String REFUSED = "refused";

		private final Map<String, Integer> answers = new ConcurrentHashMap<>();

		private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();

		private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);

		private final int port;

		private int added;

		Senders(int port) {
			this.port = port;
			for (int sender = 0; sender < COUNT; sender++) {
				this.threads.execute(this::send);
			}
		}

		void add(List<Message> messages) {
			this.queue.addAll(messages);
			this.added += messages.size();
		}

		private void send() {
			try {
				while (true) {
					Message message = this.queue.take();
					String answer = deliver(message.write());
					this.answers.merge(answer, 1, Integer::sum);
					if (!answer.equals("200")) {
						this.queue.add(message);
						TimeUnit.MILLISECONDS.sleep(20);
					}
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private String deliver(byte[] body) throws InterruptedException {
			String head = "POST /k2/webhooks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-KopoKopo-Signature: "
					+ Signatures.sign(KopoKopo.API_KEY, body) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				OutputStream out = socket.getOutputStream();
				out.write(head.getBytes(StandardCharsets.US_ASCII));
				TimeUnit.MILLISECONDS.sleep(5);
				out.write(body);
				String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
				return response.endsWith("\r\n\r\n") ? response.substring(9, 12) : REFUSED;
			}
			catch (IOException ex) {
				return REFUSED;
			}
		}

		int answered(String answer) {
			return this.answers.getOrDefault(answer, 0);
		}

		void awaitAnswered(int count) {
			Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> answered("200") >= count);
		}

		/**
		 * Wait until each sender has found no server, or has nothing to send.
		 */
		void awaitRefused() {
			int before = answered(REFUSED);
			Awaitility.await()
				.atMost(1, TimeUnit.MINUTES)
				.until(() -> answered(REFUSED) >= before + 2 * COUNT || answered("200") == this.added);
		}

		@Override
		public void close() {
			this.threads.shutdownNow();
		}

	}

}
