package io.github.k2connect.scheduling;

import java.nio.charset.StandardCharsets;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serializer for texts, in UTF-8.
 */
final class TextSerializer implements Serializer {

	@Override
	public byte[] serialize(Object data) {
		return String.valueOf(data).getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public <T> T deserialize(Class<T> type, byte @Nullable [] data) {
		return type.cast(read(data));
	}

	static String read(byte @Nullable [] data) {
		return (data != null) ? new String(data, StandardCharsets.UTF_8) : "";
	}

}
