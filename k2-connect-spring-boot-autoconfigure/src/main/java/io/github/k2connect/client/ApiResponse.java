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
 * A complete response of Kopo Kopo.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent")
record ApiResponse(int status, HttpHeaders headers, byte[] body) {

	private static final int MAX_BODY_SIZE = 32 * 1024 * 1024;

	/**
	 * Read a response. The body of a success with a {@code Location} header is not
	 * needed: it is treated as empty if it cannot be read.
	 */
	static ApiResponse read(ClientHttpResponse response) throws IOException {
		int status = response.getStatusCode().value();
		HttpHeaders headers = response.getHeaders();
		try {
			return new ApiResponse(status, headers, response.getBody().readNBytes(MAX_BODY_SIZE));
		}
		catch (IOException ex) {
			ApiResponse result = new ApiResponse(status, headers, new byte[0]);
			if (result.isSuccessful() && headers.containsHeader(HttpHeaders.LOCATION)) {
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

	String text() {
		return new String(this.body, charset());
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
