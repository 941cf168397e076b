package io.github.k2connect.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code docs/application.yaml}, which is made from the metadata.
 */
class ApplicationYamlTests {

	@Test
	void isMadeFromMetadata() throws IOException {
		String text = ApplicationYaml.text();
		Files.writeString(Path.of("target/application.yaml"), text);
		assertThat(ApplicationYaml.FILE)
			.as("docs/application.yaml. It is made from the metadata: in the folder of the project run "
					+ "'cp k2-connect-spring-boot-starter-test/target/application.yaml docs/'")
			.hasContent(text);
	}

	@Test
	void startsApplicationWithDefaults() {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(ServicesTests.WithServices.class)
			.run("--spring.config.import=file:" + ApplicationYaml.FILE, "--server.port=0", "--k2.client-id=client",
					"--k2.client-secret=s3cret", "--k2.api-key=k3y")) {
			Environment environment = application.getEnvironment();
			assertThat(ConfigurationMetadata.properties()).filteredOn((property) -> !property.defaultValue().isEmpty())
				.hasSizeGreaterThan(30)
				.allSatisfy((property) -> assertThat(environment.getProperty(property.name())).as(property.name())
					.isEqualTo(property.defaultValue()));
		}
	}

}
