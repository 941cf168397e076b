package io.github.k2connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the messages and accessors of the exceptions.
 */
class K2ExceptionTests {

	private static final String BODY = "{\"error_message\": \"+254712345678 is not registered\"}";

	@Test
	void listsAllViolationsInMessageAndImmutableList() {
		List<Violation> violations = new ArrayList<>(List.of(new Violation("amount", "amount must be positive"),
				new Violation("tillNumber", "tillNumber is required")));
		InvalidK2RequestException ex = new InvalidK2RequestException(violations);
		violations.clear();
		assertThat(ex).hasMessage("Invalid request: amount must be positive; tillNumber is required");
		assertThat(ex.violations()).extracting(Violation::property).containsExactly("amount", "tillNumber");
		assertThat(ex.violations()).isUnmodifiable();
		assertThat(ex.outcomeUnknown()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void keepsResponseOutOfMessage(K2Exception ex) {
		assertThat(ex).hasMessage("Kopo Kopo answered").hasToString(ex.getClass().getName() + ": Kopo Kopo answered");
	}

	@Test
	void returnsErrorCodeAndMessage() {
		K2ApiException ex = new K2ApiException("Kopo Kopo answered", 400, "400", "+254712345678 is wrong", BODY, false,
				null);
		assertThat(ex.statusCode()).isEqualTo(400);
		assertThat(ex.errorCode()).isEqualTo("400");
		assertThat(ex.errorMessage()).isEqualTo("+254712345678 is wrong");
		assertThat(ex.responseBody()).isEqualTo(BODY);
		assertThat(ex.outcomeUnknown()).isFalse();
	}

	@Test
	void outcomeOfServerErrorIsUnknown() {
		assertThat(new K2ApiException("Kopo Kopo answered", 502, null, null, "", true, null).outcomeUnknown()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "400, false", "408, true", "409, true", "422, false", "429, false", "500, true", "503, true" })
	void stubHasOutcomeOfRequestThatStartsSomething(int status, boolean outcomeUnknown) {
		K2ApiException ex = K2ApiException.of(status, "E1", "Till number is not valid");
		assertThat(ex).hasMessage("Kopo Kopo responded with status " + status)
			.returns(status, K2ApiException::statusCode)
			.returns("E1", K2ApiException::errorCode)
			.returns("Till number is not valid", K2ApiException::errorMessage)
			.returns("", K2ApiException::responseBody)
			.returns(outcomeUnknown, K2ApiException::outcomeUnknown)
			.returns(null, K2ApiException::retryAfter);
		assertThat(K2ApiException.of(status, null, null).errorCode()).isNull();
	}

	@Test
	void stubOfAuthenticationExceptionHasOAuthError() {
		assertThat(K2AuthenticationException.of("invalid_client", "Unknown client"))
			.returns(401, K2ApiException::statusCode)
			.returns("invalid_client", K2AuthenticationException::error)
			.returns("Unknown client", K2AuthenticationException::errorDescription)
			.returns(false, K2ApiException::outcomeUnknown);
	}

	@Test
	void authenticationExceptionReturnsOAuthError() {
		K2AuthenticationException ex = new K2AuthenticationException("Kopo Kopo answered", 401, null, null,
				"invalid_client", "Unknown client", BODY);
		assertThat(ex).isInstanceOf(K2ApiException.class);
		assertThat(ex.statusCode()).isEqualTo(401);
		assertThat(ex.error()).isEqualTo("invalid_client");
		assertThat(ex.errorDescription()).isEqualTo("Unknown client");
		assertThat(ex.errorCode()).isNull();
		assertThat(ex.errorMessage()).isNull();
		assertThat(ex.outcomeUnknown()).isFalse();
	}

	@Test
	void connectionExceptionReturnsOutcomeUnknown() {
		IOException cause = new IOException("Connection reset");
		assertThat(new K2ConnectionException("No answer", true, cause)).hasMessage("No answer")
			.hasCause(cause)
			.returns(true, K2ConnectionException::outcomeUnknown);
		assertThat(new K2ConnectionException("No connection", false, null)).hasNoCause()
			.returns(false, K2ConnectionException::outcomeUnknown);
	}

	@Test
	void responseExceptionReturnsStatusAndBody() {
		K2ResponseException ex = new K2ResponseException("Kopo Kopo answered", 201, BODY, true);
		assertThat(ex.statusCode()).isEqualTo(201);
		assertThat(ex.responseBody()).isEqualTo(BODY);
		assertThat(ex.outcomeUnknown()).isTrue();
	}

	private static Stream<K2Exception> answers() {
		return Stream.of(
				new K2ApiException("Kopo Kopo answered", 400, "400", "+254712345678 is wrong", BODY, false, null),
				new K2AuthenticationException("Kopo Kopo answered", 401, "401", "Denied", "invalid_client",
						"Secret s3cr3t is wrong", BODY),
				new K2ResponseException("Kopo Kopo answered", 302, BODY, false));
	}

}
