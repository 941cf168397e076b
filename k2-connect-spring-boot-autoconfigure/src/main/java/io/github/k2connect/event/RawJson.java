package io.github.k2connect.event;

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
	 * Return the text of a body.
	 * @param bytes the bytes of a JSON object, in UTF-8
	 * @return the text, without a byte order mark
	 */
	public static String text(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
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
