import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;

/**
 * Checks that a module has what a public repository asks for: a POM that needs no parent
 * and has everything that is required; the jar with its licence, its sources, its Javadoc
 * and its bill of materials; and a signature of each. The profile "release" runs it for
 * each module that is published.
 */
class ReleaseCheck {

	private static final List<String> REQUIRED = List.of("groupId", "artifactId", "version", "name", "description",
			"url", "licenses/license/name", "licenses/license/url", "developers/developer/name", "scm/connection",
			"scm/developerConnection", "scm/url");

	private final XPath xpath = XPathFactory.newInstance().newXPath();

	private final List<String> failures = new ArrayList<>();

	private final Map<String, String> release;

	private ReleaseCheck(Map<String, String> release) {
		this.release = release;
	}

	/**
	 * Check a module.
	 * @param args what the profile knows of the module, as {@code name=value}
	 */
	public static void main(String[] args) throws Exception {
		ReleaseCheck check = new ReleaseCheck(Arrays.stream(args)
			.map((argument) -> argument.split("=", 2))
			.collect(Collectors.toMap((argument) -> argument[0], (argument) -> argument[1])));
		check.run();
		check.failures.forEach((failure) -> System.err.println("Release check: " + failure));
		System.exit(check.failures.isEmpty() ? 0 : 1);
	}

	private void run() throws Exception {
		Path pom = Path.of(this.release.get("pom"));
		verifyPom(pom);
		verifyFile(pom, file(".pom.asc"));
		if (!this.release.get("packaging").equals("pom")) {
			verifyFile(file(".jar"), file(".jar.asc"));
			verifyContent(file(".jar"));
			verifyAttached("sources", file("-sources.jar"));
			verifyAttached("javadoc", file("-javadoc.jar"));
			verifyAttached("cyclonedx", file(".jar").resolveSibling("bom.json"));
		}
	}

	private Path file(String ending) {
		return Path.of(this.release.get("file") + ending);
	}

	private void verifyPom(Path file) throws Exception {
		Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
		for (String element : REQUIRED) {
			if (value(pom, "/project/" + element).isEmpty()) {
				this.failures.add(file + " has no " + element);
			}
		}
		if (!value(pom, "/project/parent").isEmpty()) {
			this.failures.add(file + " needs a parent");
		}
		String boot = this.release.get("spring-boot");
		for (int i = 1; !value(pom, dependency(i) + "/artifactId").isEmpty(); i++) {
			String version = value(pom, dependency(i) + "/version");
			boolean ofBoot = value(pom, dependency(i) + "/groupId").equals("org.springframework.boot");
			if (version.isEmpty() || version.contains("${") || (ofBoot && !version.equals(boot))) {
				this.failures.add(file + " names version '" + version + "' of "
						+ value(pom, dependency(i) + "/artifactId") + (ofBoot ? ", not " + boot : ""));
			}
		}
	}

	private static String dependency(int number) {
		return "/project/dependencies/dependency[" + number + "]";
	}

	private String value(Document document, String path) throws Exception {
		return this.xpath.evaluate(path, document).strip();
	}

	/**
	 * Verify a file that the build attached. The file of an earlier build does not do.
	 */
	private void verifyAttached(String classifier, Path file) throws IOException, InterruptedException {
		if (!this.release.get("attached").contains(":" + classifier + ":")) {
			this.failures.add(file + " is not attached");
			return;
		}
		verifyFile(file, file.resolveSibling(file.getFileName() + ".asc"));
	}

	private void verifyFile(Path file, Path signature) throws IOException, InterruptedException {
		if (!Files.exists(file)) {
			this.failures.add(file + " is missing");
		}
		else if (this.release.get("unsigned").equals("true")) {
			return;
		}
		else if (!Files.exists(signature)) {
			this.failures.add(signature + " is missing");
		}
		else if (new ProcessBuilder("gpg", "--batch", "--verify", signature.toString(), file.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor() != 0) {
			this.failures.add(signature + " does not sign " + file);
		}
	}

	private void verifyContent(Path jar) throws IOException {
		if (Files.exists(jar)) {
			try (JarFile content = new JarFile(jar.toFile())) {
				if (content.getEntry("META-INF/LICENSE") == null) {
					this.failures.add(jar + " has no licence");
				}
				if (content.getManifest().getMainAttributes().getValue("Automatic-Module-Name") == null) {
					this.failures.add(jar + " has no Automatic-Module-Name");
				}
			}
		}
	}

}
