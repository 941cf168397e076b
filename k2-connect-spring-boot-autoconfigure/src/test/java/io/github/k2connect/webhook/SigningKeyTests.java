package io.github.k2connect.webhook;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

import javax.crypto.Mac;
import javax.crypto.MacSpi;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SigningKey}.
 */
class SigningKeyTests {

	private static final byte[] BODY = "body".getBytes(UTF_8);

	@Test
	void signsOnManyThreadsAtOnce() {
		SigningKey key = new SigningKey("an-api-key");
		List<byte[]> bodies = IntStream.range(0, 10_000)
			.mapToObj((number) -> ("body " + number).getBytes(UTF_8))
			.toList();
		assertThat(bodies.parallelStream().filter((body) -> key.isSignature(signature("an-api-key", body), body)))
			.hasSameSizeAs(bodies);
		assertThat(bodies.parallelStream().filter((body) -> key.isSignature(signature("another-key", body), body)))
			.isEmpty();
	}

	@Test
	void worksWithSecurityProviderThatCannotCloneMac() throws Exception {
		Provider provider = new ProviderWithoutCopies();
		Security.insertProviderAt(provider, 1);
		try {
			SigningKey key = new SigningKey("an-api-key");
			assertThatExceptionOfType(CloneNotSupportedException.class)
				.isThrownBy(Mac.getInstance("HmacSHA256")::clone);
			for (int i = 0; i < 3; i++) {
				assertThat(key.isSignature(signature("an-api-key", BODY), BODY)).isTrue();
				assertThat(key.isSignature(signature("another-key", BODY), BODY)).isFalse();
			}
		}
		finally {
			Security.removeProvider(provider.getName());
		}
	}

	private static byte[] signature(String key, byte[] body) {
		return HexFormat.of().parseHex(Signatures.sign(key, body));
	}

	private static final class ProviderWithoutCopies extends Provider {

		ProviderWithoutCopies() {
			super("WithoutCopies", "1", "For tests");
			put("Mac.HmacSHA256", MacWithoutCopies.class.getName());
		}

	}

	public static final class MacWithoutCopies extends MacSpi {

		private final Mac mac;

		public MacWithoutCopies() throws GeneralSecurityException {
			this.mac = Mac.getInstance("HmacSHA256", "SunJCE");
		}

		@Override
		protected int engineGetMacLength() {
			return this.mac.getMacLength();
		}

		@Override
		protected void engineInit(Key key, @Nullable AlgorithmParameterSpec parameters) throws InvalidKeyException {
			this.mac.init(key);
		}

		@Override
		protected void engineUpdate(byte input) {
			this.mac.update(input);
		}

		@Override
		protected void engineUpdate(byte[] input, int offset, int length) {
			this.mac.update(input, offset, length);
		}

		@Override
		protected byte[] engineDoFinal() {
			return this.mac.doFinal();
		}

		@Override
		protected void engineReset() {
			this.mac.reset();
		}

	}

}
