package io.github.k2connect;

/**
 * The size of the proofs of delivery. It is small, unless the build sets
 * {@code k2.test.proofs} to {@code full}.
 */
public final class Proofs {

	private static final boolean FULL = "full".equals(System.getProperty("k2.test.proofs"));

	private Proofs() {
	}

	/**
	 * Return the size that this build wants.
	 */
	public static int size(int small, int full) {
		return FULL ? full : small;
	}

	/**
	 * Return whether this build wants full proofs.
	 */
	public static boolean areFull() {
		return FULL;
	}

}
