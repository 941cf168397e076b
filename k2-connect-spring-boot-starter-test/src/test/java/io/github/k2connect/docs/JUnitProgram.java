package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.Set;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs all tests in a folder of classes, prints the status of each, and ends the process:
 * the servers of the tests would keep it alive.
 */
final class JUnitProgram implements TestExecutionListener {

	public static void main(String[] arguments) {
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
				.build(), new JUnitProgram());
		System.exit(0);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		System.out.println(result.getStatus() + " " + test.getLegacyReportingName());
		result.getThrowable().ifPresent((ex) -> ex.printStackTrace(System.out));
	}

}
