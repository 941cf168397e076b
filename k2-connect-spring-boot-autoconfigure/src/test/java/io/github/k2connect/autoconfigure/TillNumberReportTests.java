package io.github.k2connect.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.reconciliation.ReconciledTill;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TillNumberReport}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TillNumberReportTests {

	private static final String WARNING = "Put the number of the till in quotes";

	private static void report(PropertySourceLoader loader, String content) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		load(environment, loader, content);
		new TillNumberReport(environment).log();
	}

	private static void load(ConfigurableEnvironment environment, PropertySourceLoader loader, String content) {
		try {
			loader.load("application", new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8), "a file"))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					k2: {reconciliation: {tills: 012345}}                                      | k2.reconciliation.tills
					k2: {reconciliation: {tills: ["445566", 012345]}}                          | k2.reconciliation.tills[1]
					k2: {accounts: {kiosk-2: {reconciliation-tills: 012345}}}                  | k2.accounts.kiosk-2.reconciliation-tills
					k2: {accounts: {kiosk: {reconciliationTills: [012345]}}}                   | k2.accounts.kiosk.reconciliationtills[0]
					k2.accounts.kiosk.reconciliation_tills: 012345                             | k2.accounts.kiosk.reconciliationtills
					k2: {webhook: {subscriptions: [{scope-reference: 012345}]}}                | k2.webhook.subscriptions[0].scope-reference
					k2: {accounts: {kiosk: {subscriptions: [{}, {scopeReference: 012345}]}}}   | k2.accounts.kiosk.subscriptions[1].scopereference
					""")
	void warnsOfTillWithoutQuotes(String yaml, String property, CapturedOutput output) {
		report(new YamlPropertySourceLoader(), yaml);
		assertThat(output).containsOnlyOnce(WARNING)
			.containsPattern(
					"YAML reads " + property.replace("[", "\\[") + " \\(.*a file.* - 1:\\d+\\) as the number 5349");
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2: {reconciliation: {tills: \"012345\"}}", "k2: {reconciliation: {tills: '012345'}}",
			"k2.reconciliation.tills: 012345, 445566", "k2: {reconciliation: {tills: [K012345]}}",
			"k2: {accounts: {kiosk: {subscriptions: [{scope-reference: \"012345\"}]}}}",
			"k2: {store: {memory: {max-entries: 012345}}}", "shop: {reconciliation: {tills: 012345}}" })
	void doesNotWarnOfTextOrOtherNumber(String yaml, CapturedOutput output) {
		report(new YamlPropertySourceLoader(), yaml);
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void doesNotWarnOfPropertiesFile(CapturedOutput output) {
		report(new PropertiesPropertySourceLoader(), "k2.reconciliation.tills=012345");
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void warnsAtStartup(CapturedOutput output) {
		new WebApplicationContextRunner()
			.withConfiguration(K2AutoConfigurations.with(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(), "k2.client-id=client",
					"k2.client-secret=s3cret", "k2.api-key=k3y", "k2.base-url=http://localhost:1",
					"k2.callback-url=http://localhost/k2/webhooks")
			.withInitializer((context) -> load(context.getEnvironment(), new YamlPropertySourceLoader(),
					"k2.reconciliation.tills: 012345"))
			.run((context) -> assertThat(context.getBean(K2Reconciliation.class).tills())
				.extracting(ReconciledTill::till)
				.containsExactly("5349"));
		assertThat(output).containsOnlyOnce(WARNING);
	}

}
