package io.github.k2connect.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.AheadOfTimeApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that is processed ahead of time, compiled, and started in a
 * process of its own.
 */
class AheadOfTimeTests {

	private static AheadOfTimeApplication application;

	@BeforeAll
	static void build(@TempDir Path directory) throws Exception {
		application = AheadOfTimeApplication.build(ShopBuiltAheadOfTime.class, directory, "--k2.client-id=build",
				"--k2.client-secret=build", "--k2.api-key=build");
	}

	private static String start(String... properties) throws Exception {
		return application.run(ShopBuiltAheadOfTime.class, List.of("-Dspring.aot.enabled=true"),
				Stream
					.concat(Stream.of("--server.port=0", "--k2.client-id=client", "--k2.client-secret=s3cret",
							"--k2.api-key=k3y"), Stream.of(properties))
					.toArray(String[]::new));
	}

	@Test
	void startsWithOtherValuesThanBuild() throws Exception {
		assertThat(start("--k2.webhook.path=/hooks")).contains(ShopBuiltAheadOfTime.STARTED + "1", "receives at /hooks")
			.contains("AOT");
	}

	@Test
	void failsWithInboxThatBuildDidNotHave() throws Exception {
		assertThat(start("--k2.webhook.mode=inbox"))
			.contains("APPLICATION FAILED TO START", "k2.webhook.mode was direct and is now inbox.",
					"Build the application again with the properties that it has at run time")
			.doesNotContain(ShopBuiltAheadOfTime.STARTED);
	}

}
