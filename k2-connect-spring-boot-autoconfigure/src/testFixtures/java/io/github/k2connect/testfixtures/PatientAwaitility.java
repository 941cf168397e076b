package io.github.k2connect.testfixtures;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Listener that lets tests wait longer than the ten seconds of Awaitility, which are not
 * enough on a busy machine. A test that passes does not become slower by it. An uncaught
 * exception of another thread does not end a wait: db-scheduler's threads have such
 * exceptions while a test takes the database away.
 */
public final class PatientAwaitility implements TestExecutionListener {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		Awaitility.setDefaultTimeout(TIMEOUT);
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

}
