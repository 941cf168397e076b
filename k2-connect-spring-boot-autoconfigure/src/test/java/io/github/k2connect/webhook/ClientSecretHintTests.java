package io.github.k2connect.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientSecretHint}, in the verifier.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientSecretHintTests {

	private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

	private static final String HINT = "signed with k2.client-secret instead of k2.api-key";

	private static SignatureVerifier verifier() {
		return new SignatureVerifier("k3y", List.of(), "s3cret");
	}

	@Test
	void rejectsMessageSignedWithClientSecretAndLogsHintOnce(CapturedOutput output) {
		SignatureVerifier verifier = verifier();
		for (int i = 0; i < 3; i++) {
			assertThat(verifier.isValid(BODY, Signatures.sign("s3cret", BODY))).isFalse();
		}
		assertThat(output).containsOnlyOnce(HINT).doesNotContain("s3cret", "k3y");
	}

	@Test
	void logsNoHintForForgedMessage(CapturedOutput output) {
		assertThat(verifier().isValid(BODY, Signatures.sign("forged", BODY))).isFalse();
		assertThat(verifier().isValid(BODY, Signatures.sign("k3y", BODY))).isTrue();
		assertThat(output).doesNotContain(HINT);
	}

	@Test
	void limitsChecksAfterForgedMessage(CapturedOutput output) {
		SignatureVerifier verifier = verifier();
		verifier.isValid(BODY, Signatures.sign("forged", BODY));
		assertThat(verifier.isValid(BODY, Signatures.sign("s3cret", BODY))).isFalse();
		assertThat(output).doesNotContain(HINT);
	}

	@Test
	void configuresVerifierWithClientSecret(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(K2AutoConfigurations.with())
			.withPropertyValues("k2.client-id=client", "k2.client-secret=s3cret", "k2.api-key=k3y")
			.run((context) -> context.getBean(SignatureVerifier.class).isValid(BODY, Signatures.sign("s3cret", BODY)));
		assertThat(output).containsOnlyOnce(HINT);
	}

}
