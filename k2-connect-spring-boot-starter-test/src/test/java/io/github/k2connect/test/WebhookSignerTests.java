package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebhookSigner}.
 */
class WebhookSignerTests {

	@Test
	void signsLikePublishedTestVectorOfHmacSha256() {
		byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
		assertThat(new WebhookSigner("Jefe").sign(data))
			.isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	}

	@Test
	void readsApiKeyAsUtf8() {
		byte[] data = "{}".getBytes(StandardCharsets.UTF_8);
		assertThat(new WebhookSigner("ufunguo-ñ").sign(data)).matches("[0-9a-f]{64}")
			.isNotEqualTo(new WebhookSigner("ufunguo-?").sign(data));
	}

	@Test
	void usesHeaderOfKopoKopo() {
		assertThat(WebhookSigner.SIGNATURE_HEADER).isEqualTo("X-KopoKopo-Signature");
	}

}
