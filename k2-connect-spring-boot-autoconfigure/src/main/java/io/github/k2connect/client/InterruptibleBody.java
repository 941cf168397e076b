package io.github.k2connect.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Body of a response, which is closed when the thread that reads it is interrupted.
 * Before Java 20 the JDK's HTTP client forgets the interrupt and reads on.
 */
final class InterruptibleBody extends AbstractInterruptibleChannel {

	private final InputStream stream;

	InterruptibleBody(InputStream stream) {
		this.stream = stream;
	}

	/**
	 * Read the next bytes.
	 * @param maxSize how many
	 * @return the bytes, fewer at the end of the body
	 * @throws ClosedByInterruptException if the thread is interrupted, which it still is
	 * thereafter
	 */
	byte[] read(int maxSize) throws IOException {
		try {
			return readUnlessInterrupted(maxSize);
		}
		catch (ClosedByInterruptException ex) {
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

	private byte[] readUnlessInterrupted(int maxSize) throws IOException {
		boolean completed = false;
		try {
			begin();
			byte[] bytes = this.stream.readNBytes(maxSize);
			completed = true;
			return bytes;
		}
		finally {
			end(completed);
		}
	}

	@Override
	protected void implCloseChannel() throws IOException {
		this.stream.close();
	}

}
