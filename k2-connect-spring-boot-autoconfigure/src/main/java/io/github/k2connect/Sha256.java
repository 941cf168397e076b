package io.github.k2connect;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.apiguardian.api.API;

/**
 * SHA-256 digests.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class Sha256 {

	private Sha256() {
	}

	/**
	 * Return the SHA-256 digest of the content.
	 * @param content the content
	 * @return 64 hexadecimal digits
	 */
	public static String hex(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
