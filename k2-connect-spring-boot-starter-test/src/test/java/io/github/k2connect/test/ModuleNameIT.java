package io.github.k2connect.test;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names that the published jars have as modules.
 */
class ModuleNameIT {

	@Test
	void publishedJarsKeepNamesOfTheirModules() {
		Path[] jars = Pattern.compile(File.pathSeparator)
			.splitAsStream(System.getProperty("java.class.path"))
			.map(Path::of)
			.filter((path) -> path.getFileName().toString().matches("k2-connect-.*\\.jar"))
			.toArray(Path[]::new);
		assertThat(ModuleFinder.of(jars).findAll()).extracting((module) -> module.descriptor().name())
			.containsExactlyInAnyOrder("io.github.k2connect", "io.github.k2connect.starter",
					"io.github.k2connect.test");
	}

}
