package io.github.k2connect.docs;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.AheadOfTimeApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.AotDetector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the hints for native images: an application that was processed ahead of time
 * uses everything, and an agent records its reflection.
 */
@Tag("long")
class ReachabilityTests {

	@Test
	void everyReflectiveCallHasHint(@TempDir Path directory) throws Exception {
		String[] properties = { "--k2.client-id=build", "--k2.client-secret=build", "--k2.api-key=build",
				"--k2.api-version=v2", "--k2.callback-url=https://shop.example/k2/webhooks", "--k2.webhook.mode=inbox",
				"--k2.follow-up.enabled=true", "--k2.follow-up.first-check=1s", "--k2.scheduler.polling-interval=200ms",
				"--server.port=0" };
		String output = AheadOfTimeApplication.build(NativeShop.class, directory, properties)
			.run(NativeShopRecorder.class,
					List.of("-D" + AotDetector.AOT_ENABLED + "=true", "-javaagent:" + agent()
							+ "=+org.springframework,+io.github.k2connect,+tools.jackson,+com.github.kagkarlsson"),
					properties);
		assertThat(output).contains(NativeShopRecorder.WITH_HINT).doesNotContain(NativeShopRecorder.WITHOUT_HINT);
	}

	private static String agent() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> entry.contains("spring-core-test"))
			.findFirst()
			.orElseThrow();
	}

}
