package io.github.k2connect.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SignatureVerifier}.
 */
class SignatureVerifierTests {

	/**
	 * From RFC 4231, test case 2.
	 */
	private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

	private static final String SIGNATURE = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

	private final SignatureVerifier verifier = new SignatureVerifier("Jefe", List.of());

	@Test
	void acceptsHmacOfBody() {
		assertThat(this.verifier.isValid(BODY, SIGNATURE)).isTrue();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "5", "5bdcc146", SIGNATURE + "00", SIGNATURE + " ", " " + SIGNATURE,
			"sha256=" + SIGNATURE, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384",
			"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3842",
			"gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg",
			"ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ",
			"٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠",
			"0000000000000000000000000000000000000000000000000000000000000000" })
	void rejectsInvalidSignature(@Nullable String signature) {
		assertThat(this.verifier.isValid(BODY, signature)).isFalse();
	}

	@Test
	void rejectsVeryLongHeader() {
		assertThat(this.verifier.isValid(BODY, "a".repeat(1_000_000))).isFalse();
	}

	@Test
	void rejectsChangedByte() {
		byte[] changed = BODY.clone();
		changed[5] ^= 1;
		assertThat(this.verifier.isValid(changed, SIGNATURE)).isFalse();
		assertThat(this.verifier.isValid(new byte[0], SIGNATURE)).isFalse();
	}

	@Test
	void acceptsPreviousKeysDuringRotation() {
		SignatureVerifier rotated = new SignatureVerifier("new key", List.of("older key", "Jefe"));
		assertThat(rotated.isValid(BODY, SIGNATURE)).isTrue();
		assertThat(rotated.isValid(BODY, Signatures.sign("new key", BODY))).isTrue();
		assertThat(rotated.isValid(BODY, Signatures.sign("older key", BODY))).isTrue();
		assertThat(rotated.isValid(BODY, Signatures.sign("retired key", BODY))).isFalse();
	}

	@Test
	void readsKeyAsUtf8() {
		assertThat(new SignatureVerifier("schlüssel", List.of()).isValid(BODY, Signatures.sign("schlüssel", BODY)))
			.isTrue();
	}

	@Test
	void rejectsBlankKey() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SignatureVerifier(" ", List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> new SignatureVerifier("key", List.of("")));
	}

}
