package io.github.k2connect.webhook;

import java.util.function.BiFunction;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * Parser that verifies and decodes messages from Kopo Kopo. The library's endpoint uses
 * it, and an application can use it in its own endpoint.
 */
public final class WebhookParser {

	private final SignatureVerifier verifier;

	private final String account;

	/**
	 * Create a parser.
	 * @param verifier the verifier of signatures
	 */
	public WebhookParser(SignatureVerifier verifier) {
		this(verifier, K2Event.DEFAULT_ACCOUNT);
	}

	/**
	 * Create a parser for the messages of an account.
	 * @param verifier the verifier of signatures
	 * @param account the name of the account
	 */
	public WebhookParser(SignatureVerifier verifier, String account) {
		this.verifier = verifier;
		this.account = account;
	}

	/**
	 * Verify and decode a webhook or an asynchronous result.
	 * @param body the unchanged body as received; the event keeps the array for
	 * {@link K2Event#rawJson()}, so do not write to it afterwards
	 * @param signature the value of the {@value SignatureVerifier#HEADER} header, or
	 * {@code null} if there was none
	 * @return the event, an {@link UnrecognizedK2Event} if there is no record for it
	 * @throws InvalidSignatureException if the signature is missing or wrong
	 * @throws MalformedWebhookException if it is not exactly one JSON object or has no id
	 */
	public K2Event parse(byte[] body, @Nullable String signature) {
		return parse(body, signature,
				(genuine, account) -> EventDecoder.decode(genuine, JsonObject.parse(genuine), account));
	}

	<T> T parse(byte[] body, @Nullable String signature, BiFunction<byte[], String, T> decoder) {
		if (!this.verifier.isValid(body, signature)) {
			throw new InvalidSignatureException();
		}
		try {
			return decoder.apply(body, this.account);
		}
		catch (UnreadableJsonException ex) {
			throw new MalformedWebhookException(ex.getMessage());
		}
	}

}
