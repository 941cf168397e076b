package io.github.k2connect.webhook.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * A connection of HTTP/2 without TLS, over which a test sends one delivery, frame by
 * frame.
 */
final class Http2Connection implements AutoCloseable {

	private static final int STREAM = 1;

	private final Socket socket;

	private final DataOutputStream out;

	private final DataInputStream in;

	private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder();

	Http2Connection(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(20_000);
		this.out = new DataOutputStream(this.socket.getOutputStream());
		this.in = new DataInputStream(this.socket.getInputStream());
		this.out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		send(Http2FrameTypes.SETTINGS, 0, 0, new byte[0]);
	}

	Http2Connection sendHead(Map<String, String> headers) throws IOException, Http2Exception {
		Http2Headers all = new DefaultHttp2Headers().method("POST")
			.scheme("http")
			.authority("localhost")
			.path("/k2/webhooks");
		headers.forEach((name, value) -> all.set(name.toLowerCase(Locale.ROOT), value));
		ByteBuf block = Unpooled.buffer();
		new DefaultHttp2HeadersEncoder().encodeHeaders(STREAM, all, block);
		send(Http2FrameTypes.HEADERS, new Http2Flags().endOfHeaders(true).value(), STREAM, bytes(block));
		return this;
	}

	Http2Connection sendBody(byte[] body, boolean last) throws IOException {
		send(Http2FrameTypes.DATA, new Http2Flags().endOfStream(last).value(), STREAM, body);
		return this;
	}

	/**
	 * Read until the stream is reset.
	 * @return the status of the response before that, or 0 if there is none
	 */
	int statusBeforeReset() throws IOException, Http2Exception {
		int status = 0;
		while (true) {
			byte[] header = this.in.readNBytes(9);
			byte[] payload = this.in
				.readNBytes(((header[0] & 0xFF) << 16) | ((header[1] & 0xFF) << 8) | (header[2] & 0xFF));
			if (header[3] == Http2FrameTypes.RST_STREAM) {
				return status;
			}
			if (header[3] == Http2FrameTypes.HEADERS) {
				status = Integer
					.parseInt(this.headers.decodeHeaders(STREAM, Unpooled.wrappedBuffer(payload)).status().toString());
			}
		}
	}

	private void send(int type, int flags, int stream, byte[] payload) throws IOException {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		try (DataOutputStream fields = new DataOutputStream(frame)) {
			fields.writeByte(payload.length >> 16);
			fields.writeShort(payload.length);
			fields.writeByte(type);
			fields.writeByte(flags);
			fields.writeInt(stream);
			fields.write(payload);
		}
		frame.writeTo(this.out);
		this.out.flush();
	}

	private static byte[] bytes(ByteBuf buffer) {
		byte[] bytes = new byte[buffer.readableBytes()];
		buffer.readBytes(bytes);
		return bytes;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
