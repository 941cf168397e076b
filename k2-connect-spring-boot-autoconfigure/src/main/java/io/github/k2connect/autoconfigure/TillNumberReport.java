package io.github.k2connect.autoconfigure;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.Environment;

/**
 * Logs warnings about tills in a YAML file whose numbers have no quotes. YAML takes a
 * leading zero for an octal number, so that another till would be used.
 */
final class TillNumberReport {

	private static final Log logger = LogFactory.getLog(TillNumberReport.class);

	private static final Pattern TILL = Pattern.compile(String.join("|", "k2\\.reconciliation\\.tills(\\.\\d+)?",
			"k2\\.accounts\\.[^.]+\\.reconciliationtills(\\.\\d+)?",
			"k2\\.(webhook|accounts\\.[^.]+)\\.subscriptions\\.\\d+\\.scopereference"));

	private final Environment environment;

	TillNumberReport(Environment environment) {
		this.environment = environment;
	}

	void log() {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getUnderlyingSource() instanceof OriginTrackedMapPropertySource
					&& source instanceof IterableConfigurationPropertySource file) {
				file.filter(TillNumberReport::isTill)
					.stream()
					.map(file::getConfigurationProperty)
					.forEach(TillNumberReport::warnOfNumber);
			}
		}
	}

	private static boolean isTill(ConfigurationPropertyName name) {
		return TILL
			.matcher(IntStream.range(0, name.getNumberOfElements())
				.mapToObj((index) -> name.getElement(index, Form.UNIFORM))
				.collect(Collectors.joining(".")))
			.matches();
	}

	private static void warnOfNumber(ConfigurationProperty property) {
		if (property.getValue() instanceof Number number) {
			logger.warn("YAML reads " + property.getName() + " (" + property.getOrigin() + ") as the number " + number
					+ ". With a leading zero the number is another one: 012345 is read as 5349."
					+ " Put the number of the till in quotes, as in \"012345\".");
		}
	}

}
