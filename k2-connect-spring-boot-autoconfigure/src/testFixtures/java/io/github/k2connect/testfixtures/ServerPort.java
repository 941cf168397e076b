package io.github.k2connect.testfixtures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that starts later, or that is stopped and started again.
 */
public final class ServerPort {

	/**
	 * Operating systems give connections a local port from here on: Linux from 32768,
	 * others from 49152. While the server is down, its port must not go to one of them:
	 * not even to a connection to that very port, which a client that tries often enough
	 * gets.
	 */
	private static final int FIRST_OF_CONNECTIONS = 32_768;

	private static final int FIRST = 10_000;

	private ServerPort() {
	}

	public static int find() {
		for (int i = 0; i < 1_000; i++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_OF_CONNECTIONS);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No port is free");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
