package io.github.k2connect.webhook;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A body as received.
 *
 * @param bytes the bytes of a JSON object
 */
@SuppressWarnings("ArrayRecordComponent")
record RawBody(byte[] bytes) {

	/**
	 * Return the text. The encoding is detected from the zero bytes at the start, because
	 * a JSON object begins with an ASCII character (RFC 4627, section 3).
	 */
	String text() {
		String text = new String(this.bytes, charset());
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	private Charset charset() {
		int first = byteAt(0);
		int second = byteAt(1);
		if (first == 0 && second == 0) {
			return Charset.forName("UTF-32BE");
		}
		if (byteAt(2) == 0 && byteAt(3) == 0) {
			return Charset.forName("UTF-32LE");
		}
		if (first == 0 || (first == 0xFE && second == 0xFF)) {
			return StandardCharsets.UTF_16BE;
		}
		if (second == 0 || (first == 0xFF && second == 0xFE)) {
			return StandardCharsets.UTF_16LE;
		}
		return StandardCharsets.UTF_8;
	}

	private int byteAt(int index) {
		return (index < this.bytes.length) ? this.bytes[index] & 0xFF : -1;
	}

}
