package io.github.k2connect.test;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * Address at which a server listens.
 *
 * @param address the address, or the wildcard address for all of them
 */
record ServerAddress(InetAddress address) {

	static final ServerAddress LOOPBACK = new ServerAddress(InetAddress.getLoopbackAddress());

	/**
	 * Return an address of this computer.
	 * @param value the address or a host name
	 * @throws IllegalArgumentException when this computer does not have the address
	 */
	static ServerAddress local(String value) {
		try {
			InetAddress address = InetAddress.getByName(value);
			if (address.isAnyLocalAddress() || address.isLoopbackAddress()
					|| NetworkInterface.getByInetAddress(address) != null) {
				return new ServerAddress(address);
			}
		}
		catch (UnknownHostException | SocketException ex) {
			throw new IllegalArgumentException("'" + value + "' is not an address of this computer", ex);
		}
		throw new IllegalArgumentException("'" + value + "' is not an address of this computer");
	}

	boolean isLoopback() {
		return this.address.isLoopbackAddress();
	}

	/**
	 * Return the host of URLs that lead to the server from this computer.
	 */
	String host() {
		if (this.address.isAnyLocalAddress() || this.address.equals(InetAddress.getLoopbackAddress())) {
			return "localhost";
		}
		String host = this.address.getHostAddress();
		return (this.address instanceof Inet6Address) ? "[" + host + "]" : host;
	}

}
