package io.github.k2connect.idempotency;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener.NewRequest;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.WriterConnection;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of started requests, without an application context.
 */
public final class TestRequests {

	private static final Duration RETENTION = Duration.ofDays(90);

	private TestRequests() {
	}

	/**
	 * Return the settings of a writer.
	 */
	public static RequestWriter.Settings settings(Clock clock, Ticker ticker) {
		return settings(RETENTION, clock, ticker);
	}

	/**
	 * Return the settings of a writer with another retention.
	 */
	public static RequestWriter.Settings settings(Duration retention, Clock clock, Ticker ticker) {
		return new RequestWriter.Settings(retention, () -> "Run the script.", clock, ticker);
	}

	/**
	 * Create a writer over the connections of a database, for which a caller waits
	 * without a limit.
	 */
	public static <C extends GroupedWriter.Write<C>> RequestWriter<C> writer(K2Database database,
			@Nullable RequestCompanion<C> companion) {
		return new RequestWriter<>(WriterConnection.opened(database), settings(Clock.systemUTC(), Ticker.SYSTEM),
				companion, new PatientThread());
	}

	/**
	 * Create a writer without a companion.
	 */
	public static RequestWriter<?> writer(K2Database database) {
		return TestRequests.<NoChange>writer(database, null);
	}

	/**
	 * Create a writer without a companion.
	 * @param thread runs one change after another
	 */
	public static RequestWriter<?> writer(K2Database database, RequestWriter.Settings settings,
			ScheduledExecutorService thread) {
		return new RequestWriter<NoChange>(WriterConnection.opened(database), settings, null, thread);
	}

	/**
	 * Create a recorder.
	 */
	public static <C extends GroupedWriter.Write<C>> StartedRequestRecorder<C> recorder(RequestWriter<C> writer) {
		return new StartedRequestRecorder<>(writer, Ticker.SYSTEM, Clock.systemUTC());
	}

	/**
	 * Make a change of a companion.
	 */
	public static <C extends GroupedWriter.Write<C>> void write(RequestWriter<C> writer, C change) {
		writer.write(new RequestWrite<>(null, change));
	}

	/**
	 * Return the keys in a database.
	 */
	public static <C extends GroupedWriter.Write<C>> K2IdempotencyKeys keys(K2Database database,
			RequestWriter<C> writer, Clock clock) {
		return new StoredIdempotencyKeys<>(new KeyTable(database, clock), writer, (account, location) -> location);
	}

	/**
	 * Create a key of a request with the amount 100.
	 */
	public static IdempotencyKey key(String value, String type) {
		return new IdempotencyKey(value, type, Fingerprint.of(type).amount("KES", BigDecimal.valueOf(100)).toString());
	}

	/**
	 * Create a request without a key.
	 */
	public static NewRequest request(String account, String resource, Map<String, String> metadata) {
		return request(account, resource, metadata, null);
	}

	/**
	 * Create a request.
	 */
	public static NewRequest request(String account, String resource, Map<String, String> metadata,
			@Nullable IdempotencyKey key) {
		return new NewRequest(account, resource, metadata, key,
				K2ClientSettings.of(URI.create("https://sandbox.kopokopo.com")));
	}

	private interface NoChange extends GroupedWriter.Write<NoChange> {

	}

	/**
	 * Thread whose work is done when its caller goes on. The caller of a writer gives up
	 * otherwise when the machine is slow.
	 */
	private static final class PatientThread extends ScheduledThreadPoolExecutor {

		PatientThread() {
			super(1);
		}

		@Override
		public void execute(Runnable work) {
			CompletableFuture.runAsync(work, super::execute).join();
		}

	}

}
