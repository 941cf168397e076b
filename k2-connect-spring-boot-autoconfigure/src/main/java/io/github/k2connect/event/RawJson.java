package io.github.k2connect.event;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message as received. All instances are equal and have the same
 * {@code toString()}, so that the body is no part of the value of an event, and never in
 * a log. The text is decoded when it is asked for.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class RawJson {

	/**
	 * The body of an event that was not decoded from a message.
	 */
	static final RawJson NONE = new RawJson(null);

	private final byte @Nullable [] bytes;

	private RawJson(byte @Nullable [] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Keep a body.
	 * @param bytes the bytes of a JSON object, which must not be changed afterwards
	 * @return the body
	 */
	public static RawJson of(byte @Nullable [] bytes) {
		return (bytes != null) ? new RawJson(bytes) : NONE;
	}

	/**
	 * Return the text.
	 * @return the text, or {@code null} if there is no body
	 */
	public @Nullable String text() {
		return (this.bytes != null) ? text(this.bytes) : null;
	}

	/**
	 * Return the text of a body. The encoding is detected from the zero bytes at the
	 * start, because a JSON object begins with an ASCII character (RFC 4627, section 3).
	 * @param bytes the bytes of a JSON object
	 * @return the text
	 */
	public static String text(byte[] bytes) {
		String text = new String(bytes, charset(bytes));
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	private static Charset charset(byte[] bytes) {
		int first = byteAt(bytes, 0);
		int second = byteAt(bytes, 1);
		if (first == 0 && second == 0) {
			return Charset.forName("UTF-32BE");
		}
		if (byteAt(bytes, 2) == 0 && byteAt(bytes, 3) == 0) {
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

	private static int byteAt(byte[] bytes, int index) {
		return (index < bytes.length) ? bytes[index] & 0xFF : -1;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RawJson;
	}

	@Override
	public int hashCode() {
		return 0;
	}

	@Override
	public String toString() {
		return "not shown";
	}

}
