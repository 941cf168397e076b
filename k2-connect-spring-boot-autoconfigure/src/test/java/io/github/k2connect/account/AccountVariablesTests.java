package io.github.k2connect.account;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AccountVariables}.
 */
class AccountVariablesTests {

	private static final String[] KIOSK_2 = { "k2.accounts.kiosk-2.client-id=client",
			"k2.accounts.kiosk-2.client-secret=secret" };

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with());

	@ParameterizedTest
	@CsvSource(textBlock = """
			K2_ACCOUNTS_KIOSK_2_APIKEY, k2.accounts.kiosk.2.apikey, kiosk-2, api-key
			K2_ACCOUNTS_KIOSK_2_API_KEY, k2.accounts.kiosk.2.api.key, kiosk-2, api-key
			k2_accounts_shop_east_clientsecret, k2.accounts.shop.east.clientsecret, shop-east, client-secret
			K2_ACCOUNTS_A_B_C_PREVIOUSAPIKEYS_0, k2.accounts.a.b.c.previousapikeys.0, a-b-c, previous-api-keys
			""")
	void failsForVariableWhoseAccountIsUnknown(String variable, String understood, String account, String property) {
		start(Map.of(variable, "s3cret"),
				(context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidK2ConfigurationException.class, (ex) -> {
						assertThat(ex).hasMessageStartingWith("The environment variable " + variable + " has no effect")
							.hasMessageContaining("reads it as " + understood + ",");
						assertThat(ex.action())
							.contains("k2.accounts." + account + "." + property + "=${" + variable + "}")
							.doesNotContain("s3cret");
					}));
	}

	@Test
	void failsForVariableOfUnknownProperty() {
		start(Map.of("K2_ACCOUNTS_KIOSK_2_APIKEY", "s3cret"),
				(context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidK2ConfigurationException.class, (ex) -> assertThat(ex.action())
						.isEqualTo("For the account 'kiosk-2' name it K2_ACCOUNTS_KIOSK_2_API_KEY.")),
				KIOSK_2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "K2_ACCOUNTS_KIOSK_2_API_KEY", "K2_ACCOUNTS_KIOSK2_APIKEY", "K2_ACCOUNTS_KIOSK-2_APIKEY",
			"k2.accounts.kiosk-2.api-key" })
	void usesVariableThatSpringBootReads(String variable) {
		start(Map.of(variable, "s3cret"), (context) -> assertThat(context.getBean(K2Properties.class).accounts())
			.hasEntrySatisfying("kiosk-2", (account) -> assertThat(account.apiKey()).isEqualTo("s3cret")), KIOSK_2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "K2_ACCOUNTS_KIOSK_APIKEY", "K2_ACCOUNTS_KIOSK_API_KEY" })
	void usesVariableOfAccountWithoutHyphen(String variable) {
		start(Map.of(variable, "s3cret"),
				(context) -> assertThat(context.getBean(K2Properties.class).accounts()).containsOnlyKeys("kiosk"));
	}

	@Test
	void ignoresVariableThatAnotherPropertyOverrides() {
		start(Map.of("K2_ACCOUNTS_KIOSK_APIKEY", "overridden", "K2_ACCOUNTS_KIOSK_PREVIOUS_API_KEYS", "overridden"),
				(context) -> assertThat(context).hasNotFailed(), "k2.accounts.kiosk.api-key=key",
				"k2.accounts.kiosk.previous-api-keys=old");
	}

	@ParameterizedTest
	@CsvSource({ "api-key, K2_ACCOUNTS_KIOSK_2_APIKEY", "previous-api-keys, K2_ACCOUNTS_KIOSK_2_PREVIOUSAPIKEYS",
			"callback-url, K2_ACCOUNTS_KIOSK_2_CALLBACKURL" })
	void usesVariableThatPropertyRefersTo(String property, String variable) {
		start(Map.of(variable, "https://shop.example"), (context) -> assertThat(context).hasNotFailed(),
				"k2.accounts.kiosk-2.api-key=key", "k2.accounts.kiosk-2." + property + "=${" + variable + "}");
	}

	@Test
	void usesVariableThatDefaultAccountRefersTo() {
		start(Map.of("K2_ACCOUNTS_KIOSK_2_APIKEY", "s3cret"), (context) -> assertThat(context).hasNotFailed(),
				"k2.api-key=${K2_ACCOUNTS_KIOSK_2_APIKEY}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "old1, old2", "s3cret" })
	void usesVariableWithListThatPropertyRefersTo(String keys) {
		start(Map.of("K2_ACCOUNTS_KIOSK_2_PREVIOUSAPIKEYS", keys), (context) -> assertThat(context).hasNotFailed(),
				"k2.accounts.kiosk-2.api-key=key",
				"k2.accounts.kiosk-2.previous-api-keys=${K2_ACCOUNTS_KIOSK_2_PREVIOUSAPIKEYS}");
	}

	@Test
	void usesVariableWithCommaThatPropertyRefersTo() {
		start(Map.of("K2_ACCOUNTS_KIOSK_2_APIKEY", "a,b"), (context) -> assertThat(context).hasNotFailed(),
				"k2.accounts.kiosk-2.api-key=${K2_ACCOUNTS_KIOSK_2_APIKEY}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "K2_ACCOUNTS_KIOSK_2_OWNER", "MY_K2_ACCOUNTS_KIOSK_2_APIKEY" })
	void ignoresVariableOfOtherPrefix(String variable) {
		start(Map.of(variable, "something"), (context) -> assertThat(context).hasNotFailed(), KIOSK_2);
	}

	@Test
	void ignoresBlankVariable() {
		start(Map.of("K2_ACCOUNTS_KIOSK_2_APIKEY", " "), (context) -> assertThat(context).hasNotFailed(), KIOSK_2);
	}

	@Test
	void knowsAllPropertiesOfAccount() {
		assertThat(AccountVariables.PROPERTIES)
			.containsExactlyElementsOf(Arrays.stream(K2Properties.Account.class.getRecordComponents())
				.map(RecordComponent::getName)
				.map(DataObjectPropertyName::toDashedForm)
				.toList());
	}

	private void start(Map<String, Object> variables, ContextConsumer<AssertableApplicationContext> consumer,
			String... properties) {
		this.application
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								new LinkedHashMap<>(variables))))
			.withPropertyValues(properties)
			.run(consumer);
	}

}
