package io.github.k2connect.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.k2connect.benchmark.message.Message;
import io.github.k2connect.test.WebhookSigner;

/**
 * Signed webhooks of distinct events, as requests that can be sent as they are.
 *
 * @param requests the bytes of each request
 */
public record Webhooks(List<byte[]> requests) {

	static final String PATH = "/k2/webhooks";

	private static final String BODY = new String(Message.WEBHOOK.body(), StandardCharsets.UTF_8);

	private static final String ID = "5af4c10a-f6de-4ac8-840d-42cb65454216";

	private static final WebhookSigner SIGNER = new WebhookSigner(Message.API_KEY);

	/**
	 * Sign webhooks.
	 * @param count how many
	 * @return webhooks that were never sent
	 */
	public static Webhooks sign(int count) {
		return new Webhooks(IntStream.range(0, count).mapToObj((i) -> request()).toList());
	}

	/**
	 * Return the id of a webhook.
	 * @param request a request, or its body
	 * @return the id
	 */
	public static String id(byte[] request) {
		return new String(request, request.length - BODY.length() + BODY.indexOf(ID), ID.length(),
				StandardCharsets.US_ASCII);
	}

	/**
	 * Return the time, which is the same in all processes.
	 * @return a number of microseconds
	 */
	static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	private static byte[] request() {
		String body = BODY.replace(ID, UUID.randomUUID().toString());
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return ("POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
				+ bytes.length + "\r\n" + WebhookSigner.SIGNATURE_HEADER + ": " + SIGNER.sign(bytes) + "\r\n\r\n"
				+ body)
			.getBytes(StandardCharsets.UTF_8);
	}

}
