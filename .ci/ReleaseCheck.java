import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;

/**
 * Checks that a release has what a public repository asks for: for each module that is
 * published the jar, its sources, its Javadoc, its bill of materials and its POM, each
 * with a signature; and a POM that needs no parent and has everything that is required.
 */
class ReleaseCheck {

	private static final List<String> MODULES = List.of("k2-connect-spring-boot-autoconfigure",
			"k2-connect-spring-boot-starter", "k2-connect-spring-boot-starter-test");

	private static final List<String> REQUIRED = List.of("groupId", "artifactId", "version", "name", "description",
			"url", "licenses/license/name", "licenses/license/url", "developers/developer/name", "scm/connection",
			"scm/developerConnection", "scm/url");

	private final XPath xpath = XPathFactory.newInstance().newXPath();

	private final List<String> failures = new ArrayList<>();

	public static void main(String[] args) throws Exception {
		ReleaseCheck check = new ReleaseCheck();
		check.run();
		check.failures.forEach((failure) -> System.err.println("Release check: " + failure));
		System.out.println("Release check: " + (check.failures.isEmpty() ? "passed" : "FAILED"));
		System.exit(check.failures.isEmpty() ? 0 : 1);
	}

	private void run() throws Exception {
		Document build = parse(Path.of("pom.xml"));
		String version = value(build, "/project/version");
		String boot = value(build, "/project/properties/spring-boot.oldest-version");
		for (String module : MODULES) {
			Path target = Path.of(module, "target");
			String name = module + "-" + version;
			Path pom = target.resolve(".flattened-pom.xml");
			Map<String, Path> files = Map.of(".jar", target.resolve(name + ".jar"), "-sources.jar",
					target.resolve(name + "-sources.jar"), "-javadoc.jar", target.resolve(name + "-javadoc.jar"),
					"-cyclonedx.json", target.resolve("bom.json"), ".pom", pom);
			for (Map.Entry<String, Path> file : files.entrySet()) {
				Path signature = file.getValue().equals(pom) ? target.resolve(name + ".pom.asc")
						: file.getValue().resolveSibling(file.getValue().getFileName() + ".asc");
				verify(file.getValue(), signature);
			}
			if (Files.exists(pom)) {
				verify(pom, parse(pom), boot);
			}
			verifyLicence(files.get(".jar"));
		}
	}

	private void verify(Path file, Path signature) throws IOException, InterruptedException {
		if (!Files.exists(file)) {
			this.failures.add(file + " is missing");
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

	private void verify(Path file, Document pom, String boot) throws Exception {
		for (String element : REQUIRED) {
			if (value(pom, "/project/" + element).isEmpty()) {
				this.failures.add(file + " has no " + element);
			}
		}
		if (!value(pom, "/project/parent").isEmpty()) {
			this.failures.add(file + " needs a parent");
		}
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

	private void verifyLicence(Path jar) throws IOException {
		if (Files.exists(jar)) {
			try (ZipFile zip = new ZipFile(jar.toFile())) {
				if (zip.getEntry("META-INF/LICENSE") == null) {
					this.failures.add(jar + " has no licence");
				}
			}
		}
	}

	private String value(Document document, String path) throws Exception {
		return this.xpath.evaluate(path, document).strip();
	}

	private static Document parse(Path file) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
	}

}
