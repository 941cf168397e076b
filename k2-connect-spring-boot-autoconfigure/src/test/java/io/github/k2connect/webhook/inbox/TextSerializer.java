package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;

import com.github.kagkarlsson.scheduler.serializer.Serializer;

/**
 * Serializer of an application.
 */
final class TextSerializer implements Serializer {

	@Override
	public byte[] serialize(Object data) {
		return data.toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public <T> T deserialize(Class<T> type, byte[] data) {
		return type.cast(new String(data, StandardCharsets.UTF_8));
	}

}
