package io.github.k2connect.client;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.github.k2connect.json.JsonObject;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response of Kopo Kopo.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, empty if there was none; its beginning if it is too large
 * @param complete whether the body is complete
 */
@SuppressWarnings("ArrayRecordComponent")
record ApiResponse(int status, HttpHeaders headers, byte[] body, boolean complete) {

	private static final int MAX_TEXT_SIZE = 1024 * 1024;

	/**
	 * Read a response. If the body cannot be read, it is treated as empty where it is not
	 * needed: in an error, and in a success with a {@code Location} header.
	 */
	static ApiResponse read(ClientHttpResponse response, int maxBodySize) throws IOException {
		int status = response.getStatusCode().value();
		HttpHeaders headers = response.getHeaders();
		try (InterruptibleBody stream = new InterruptibleBody(response.getBody())) {
			byte[] body = stream.read(maxBodySize);
			return new ApiResponse(status, headers, body, body.length < maxBodySize || stream.read(1).length == 0);
		}
		catch (IOException ex) {
			ApiResponse result = new ApiResponse(status, headers, new byte[0], false);
			if (result.isError() || (result.isSuccessful() && headers.containsHeader(HttpHeaders.LOCATION))) {
				return result;
			}
			throw ex;
		}
	}

	boolean isSuccessful() {
		return this.status >= 200 && this.status < 300;
	}

	boolean isError() {
		return this.status >= 400;
	}

	/**
	 * Return the body as JSON, an empty object if there is no body.
	 */
	JsonObject json() {
		return isBlank() ? JsonObject.empty() : JsonObject.parse(this.body);
	}

	/**
	 * Return the body as text, at most its first MiB.
	 */
	String text() {
		return new String(this.body, 0, Math.min(this.body.length, MAX_TEXT_SIZE), charset());
	}

	private boolean isBlank() {
		for (byte character : this.body) {
			if (!Character.isWhitespace(character)) {
				return false;
			}
		}
		return true;
	}

	private Charset charset() {
		try {
			MediaType type = this.headers.getContentType();
			return (type != null && type.getCharset() != null) ? type.getCharset() : StandardCharsets.UTF_8;
		}
		catch (InvalidMediaTypeException ex) {
			return StandardCharsets.UTF_8;
		}
	}

}
