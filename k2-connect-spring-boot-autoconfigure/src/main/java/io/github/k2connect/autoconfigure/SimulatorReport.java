package io.github.k2connect.autoconfigure;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k2connect.account.K2Properties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Logs a warning if payments in production go to a simulator of Kopo Kopo.
 */
final class SimulatorReport {

	private static final Log logger = LogFactory.getLog(SimulatorReport.class);

	private static final Set<String> PRODUCTION = Set.of("prod", "production", "live");

	private static final Set<String> NEGATIONS = Set.of("no", "non", "not", "pre");

	private final K2Properties properties;

	private final Environment environment;

	SimulatorReport(K2Properties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	void log() {
		List<String> simulated = simulatedBaseUrls().toList();
		if (!simulated.isEmpty()) {
			Arrays.stream(this.environment.getActiveProfiles())
				.filter(SimulatorReport::isProduction)
				.findFirst()
				.ifPresent((profile) -> logger
					.warn("The profile " + profile + " is active, but " + String.join(" and ", simulated)
							+ " is the URL of a simulator on this computer: no money moves, and orders are paid with"
							+ " play money. In production the base URL is https://api.kopokopo.com."));
		}
	}

	private Stream<String> simulatedBaseUrls() {
		return Stream.concat(isSimulator(this.properties.baseUrl()) ? Stream.of("k2.base-url") : Stream.empty(),
				this.properties.accounts()
					.entrySet()
					.stream()
					.filter((account) -> isSimulator(account.getValue().baseUrl()))
					.map((account) -> "k2.accounts." + account.getKey() + ".base-url"));
	}

	/**
	 * Return whether a base URL cannot be that of Kopo Kopo. Only hosts on a loopback
	 * address may have {@code http}.
	 */
	private static boolean isSimulator(@Nullable URI baseUrl) {
		return baseUrl != null && "http".equalsIgnoreCase(baseUrl.getScheme());
	}

	private static boolean isProduction(String profile) {
		List<String> words = List.of(profile.toLowerCase(Locale.ROOT).split("[^a-z]+"));
		return !Collections.disjoint(words, PRODUCTION) && Collections.disjoint(words, NEGATIONS);
	}

}
