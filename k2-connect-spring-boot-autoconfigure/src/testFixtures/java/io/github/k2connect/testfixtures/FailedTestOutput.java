package io.github.k2connect.testfixtures;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Listener that holds back what tests print, and prints it only for a test that fails. It
 * also prints why tests are left out.
 */
public final class FailedTestOutput implements TestExecutionListener {

	private static final int MAX_SIZE = 1024 * 1024;

	private final Buffer buffer = new Buffer();

	private final Set<String> reasons = new HashSet<>();

	private final PrintStream out = System.out;

	private final PrintStream err = System.err;

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		PrintStream held = new PrintStream(this.buffer, true, StandardCharsets.UTF_8);
		System.setOut(held);
		System.setErr(held);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == Status.FAILED) {
			this.out.println("Output of " + name(test) + ":");
			this.out.println(this.buffer.toString(StandardCharsets.UTF_8));
		}
		if (result.getStatus() == Status.ABORTED) {
			result.getThrowable().ifPresent((ex) -> leftOut(String.valueOf(ex.getMessage())));
		}
		if (test.isTest()) {
			this.buffer.reset();
		}
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		leftOut(reason);
	}

	/**
	 * Print why tests are left out, once for each reason.
	 */
	private void leftOut(String reason) {
		if (this.reasons.add(reason)) {
			this.out.println("Tests are left out: " + reason);
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		System.setOut(this.out);
		System.setErr(this.err);
	}

	private static String name(TestIdentifier test) {
		return test.getSource()
			.map((source) -> (source instanceof MethodSource method)
					? method.getClassName() + "." + method.getMethodName() : source.toString())
			.orElseGet(test::getDisplayName);
	}

	/**
	 * Buffer that starts again when it is full: the end of an output is what explains a
	 * failure.
	 */
	private static final class Buffer extends ByteArrayOutputStream {

		@Override
		public synchronized void write(byte[] bytes, int offset, int length) {
			if (this.count + length > MAX_SIZE) {
				reset();
			}
			super.write(bytes, offset, length);
		}

	}

}
