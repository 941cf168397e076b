package io.github.k2connect.client;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error response, either of the API or of an OAuth endpoint.
 *
 * @param errorCode the {@code error_code}, or {@code null}
 * @param errorMessage the {@code error_message}, several joined, or {@code null}
 * @param error the OAuth {@code error}, or {@code null}
 * @param errorDescription the OAuth {@code error_description}, or {@code null}
 */
record ErrorBody(@Nullable String errorCode, @Nullable String errorMessage, @Nullable String error,
		@Nullable String errorDescription) {

	static ErrorBody of(ApiResponse response) {
		try {
			JsonObject json = response.json();
			return new ErrorBody(text(json, "error_code"), text(json, "error_message"), text(json, "error"),
					text(json, "error_description"));
		}
		catch (UnreadableJsonException ex) {
			return new ErrorBody(null, null, null, null);
		}
	}

	private static @Nullable String text(JsonObject json, String name) {
		try {
			String text = String.join("; ", json.texts(name));
			return text.isEmpty() ? null : text;
		}
		catch (UnreadableJsonException ex) {
			return null;
		}
	}

}
