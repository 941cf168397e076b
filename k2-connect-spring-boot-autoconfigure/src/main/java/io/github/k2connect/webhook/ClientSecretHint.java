package io.github.k2connect.webhook;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs a warning, once, if messages are signed with the client secret instead of the API
 * key. It checks only a few of the rejected messages, so that forged messages cost
 * little.
 */
final class ClientSecretHint {

	private static final Log logger = LogFactory.getLog(ClientSecretHint.class);

	private static final long NEVER_AGAIN = Long.MAX_VALUE;

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	private final SigningKey clientSecret;

	private final long start = System.nanoTime();

	/**
	 * When the next message may be checked, in nanoseconds since the start.
	 */
	private final AtomicLong next = new AtomicLong();

	ClientSecretHint(SigningKey clientSecret) {
		this.clientSecret = clientSecret;
	}

	void refused(byte[] body, byte[] signature) {
		long now = System.nanoTime() - this.start;
		long due = this.next.get();
		if (now < due || !this.next.compareAndSet(due, now + INTERVAL)) {
			return;
		}
		if (this.clientSecret.isSignature(signature, body) && this.next.getAndSet(NEVER_AGAIN) != NEVER_AGAIN) {
			logger.warn("Rejected a message that is signed with k2.client-secret instead of k2.api-key."
					+ " Set k2.api-key to the key that signs your messages: the API key in Kopo Kopo's dashboard or,"
					+ " if these messages are from Kopo Kopo, the value of k2.client-secret.");
		}
	}

}
