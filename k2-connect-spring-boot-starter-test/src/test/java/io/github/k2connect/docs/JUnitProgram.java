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
 * Runs all tests in a folder of classes, and prints the status of each.
 */
final class JUnitProgram implements TestExecutionListener {

	public static void main(String[] arguments) {
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
				.build(), new JUnitProgram());
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		System.out.println(result.getStatus() + " " + test.getLegacyReportingName());
		result.getThrowable().ifPresent((ex) -> ex.printStackTrace(System.out));
	}

}
