package io.github.k2connect.benchmark.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

import io.github.k2connect.test.WebhookSigner;

import org.springframework.core.io.ClassPathResource;

/**
 * A message as Kopo Kopo sends it.
 */
public enum Message {

	/**
	 * A customer paid to a till.
	 */
	WEBHOOK,

	/**
	 * The result of an STK push.
	 */
	RESULT;

	/**
	 * The key with which it is signed.
	 */
	public static final String API_KEY = "f1b7c0f4e2a94dd3a5b96f1f0c2d7e88";

	/**
	 * Return the body as it is sent.
	 * @return JSON
	 */
	public byte[] body() {
		ClassPathResource file = new ClassPathResource(name().toLowerCase(Locale.ROOT) + ".json", getClass());
		try (InputStream in = file.getInputStream()) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String signature() {
		return new WebhookSigner(API_KEY).sign(body());
	}

}
