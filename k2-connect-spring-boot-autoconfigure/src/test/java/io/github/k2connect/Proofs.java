package io.github.k2connect;

import org.junit.jupiter.api.Assumptions;

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
	 * Leave a test out unless this build wants full proofs.
	 * @param what what the test proves it for
	 */
	public static void assumeFull(String what) {
		Assumptions.assumeTrue(FULL, () -> "Left out for " + what + ": the proofs are not full");
	}

}
