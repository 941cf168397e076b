package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signer of webhooks and results, as Kopo Kopo signs them: HMAC-SHA256 of the raw body,
 * keyed with the API key.
 */
public final class WebhookSigner {

	/**
	 * Name of the header with the signature.
	 */
	public static final String SIGNATURE_HEADER = "X-KopoKopo-Signature";

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	/**
	 * Create a signer.
	 * @param apiKey the API key of the application, not empty
	 */
	public WebhookSigner(String apiKey) {
		this.key = new SecretKeySpec(apiKey.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/**
	 * Sign a body.
	 * @param body the bytes exactly as they are sent
	 * @return 64 lower-case hexadecimal digits
	 */
	public String sign(byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(body));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
