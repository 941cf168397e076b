package io.github.k2connect.test;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

import org.springframework.boot.convert.DurationStyle;

/**
 * Option of the command that starts the simulator alone. What takes no value is a flag.
 */
enum StandaloneOption {

	PORT("--port=number", "8090", "port; `0` for any that is free", (builder, value) -> builder.port(port(value))),

	ADDRESS("--address=address", "localhost", "address at which it listens; `0.0.0.0` for all",
			(builder, value) -> builder.address(ServerAddress.local(value))),

	CLIENT_ID("--client-id=id", "k2-simulator-client-id", "accepted client id", K2Simulator.Builder::clientId),

	CLIENT_SECRET("--client-secret=secret", "k2-simulator-client-secret", "accepted client secret",
			K2Simulator.Builder::clientSecret),

	API_KEY("--api-key=key", "k2-simulator-api-key", "key that signs the messages", K2Simulator.Builder::apiKey),

	CALLBACK_ORIGIN("--callback-origin=url", "",
			"origin of your application, such as `http://localhost:3000`: "
					+ "all messages are sent there, whatever the host in their URL",
			(builder, value) -> builder.callbackOrigin(URI.create(value))),

	WEBHOOK_PATH("--webhook-path=path", "/k2/webhooks",
			"path at the callback origin for webhooks without a subscription",
			(builder, value) -> builder.webhookPath(path(value))),

	ACCOUNT("--account=name", "", "additional account; with credentials: `--account=name=id,secret,key`; repeatable",
			StandaloneOption::addAccount),

	RESULT_DELAY("--result-delay=time", "",
			"time until a result, such as `2s`; by default 100 ms; with `--interactive` phones ring as long, by default a minute",
			(builder, value) -> builder.resultDelay(DurationStyle.detectAndParse(value))),

	TOKEN_LIFETIME("--token-lifetime=time", "1h", "validity of an access token",
			(builder, value) -> builder.tokenLifetime(DurationStyle.detectAndParse(value))),

	INTERACTIVE("--interactive", "", "phones ring until somebody answers", (builder, value) -> builder.interactive()),

	STRICT("--strict", "", "rejects requests that do not follow the documentation of the API",
			(builder, value) -> builder.strict()),

	MASKED_SENDER_PHONES("--masked-sender-phones", "", "masks the phone numbers of payers, like M-PESA",
			(builder, value) -> builder.maskedSenderPhones());

	private final String usage;

	private final String defaultValue;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker") // a method reference has no state
	private final BiConsumer<K2Simulator.Builder, String> setter;

	StandaloneOption(String usage, String defaultValue, String description,
			BiConsumer<K2Simulator.Builder, String> setter) {
		this.usage = usage;
		this.defaultValue = defaultValue;
		this.description = description;
		this.setter = setter;
	}

	/**
	 * Return the option with a name.
	 * @param text the name with its hyphens
	 * @throws IllegalArgumentException when there is none
	 */
	static StandaloneOption named(String text) {
		return Arrays.stream(values())
			.filter((option) -> option.text().equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no option " + text));
	}

	/**
	 * Return the name with its hyphens.
	 */
	String text() {
		return this.usage.split("=", 2)[0];
	}

	/**
	 * Return how the option is written.
	 */
	String usage() {
		return this.usage;
	}

	/**
	 * Return the value that applies if the option is not given, or an empty string.
	 */
	String defaultValue() {
		return this.defaultValue;
	}

	/**
	 * Return what the option does, in Markdown.
	 */
	String description() {
		return this.description;
	}

	boolean isFlag() {
		return this.usage.indexOf('=') < 0;
	}

	/**
	 * Set the option.
	 * @throws IllegalArgumentException when the value is not valid
	 */
	void apply(K2Simulator.Builder builder, String value) {
		if (isFlag() != value.isEmpty()) {
			throw new IllegalArgumentException(text() + (isFlag() ? " takes no value" : " needs a value"));
		}
		try {
			this.setter.accept(builder, value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(text() + ": " + ex.getMessage(), ex);
		}
	}

	private static int port(String value) {
		if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
			throw new IllegalArgumentException("'" + value + "' is not a number from 0 to 65535");
		}
		return Integer.parseInt(value);
	}

	private static String path(String value) {
		if (!value.startsWith("/")) {
			throw new IllegalArgumentException("'" + value + "' does not begin with a slash");
		}
		return value;
	}

	private static void addAccount(K2Simulator.Builder builder, String value) {
		String[] parts = value.split("=", 2);
		if (parts.length == 1) {
			builder.account(value);
			return;
		}
		List<String> credentials = List.of(parts[1].split(",", -1));
		if (credentials.size() != 3 || credentials.contains("")) {
			throw new IllegalArgumentException("The value is name, or name=id,secret,key");
		}
		builder.account(parts[0], credentials.get(0), credentials.get(1), credentials.get(2));
	}

}
