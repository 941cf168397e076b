package io.github.k2connect.testfixtures;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Listener that holds back what tests print, and prints it only for a test that fails.
 * Each fork of the build has its own.
 */
public final class FailedTestOutput implements TestExecutionListener {

	private static final int MAX_SIZE = 1024 * 1024;

	private final Buffer buffer = new Buffer();

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
		if (test.isTest()) {
			this.buffer.reset();
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
