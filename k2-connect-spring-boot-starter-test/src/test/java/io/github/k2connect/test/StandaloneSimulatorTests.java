package io.github.k2connect.test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StandaloneSimulator}.
 */
class StandaloneSimulatorTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final List<K2Simulator> started = new ArrayList<>();

	@AfterEach
	void close() {
		this.started.forEach(K2Simulator::close);
	}

	private int run(String... args) {
		return new StandaloneSimulator(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(List.of(args), this.started::add);
	}

	private K2Simulator start(String... args) {
		assertThat(run(args)).as(this.err.toString(StandardCharsets.UTF_8)).isZero();
		return this.started.get(0);
	}

	private String printed() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	@Test
	void startsWithDefaultsOfBuilder() {
		K2Simulator simulator = start("--port=0");
		try (K2Simulator other = K2Simulator.start()) {
			assertThat(simulator.properties()).containsAllEntriesOf(other.account("default").properties());
		}
	}

	@Test
	void printsAddressAndCredentials() {
		K2Simulator simulator = start("--port=0", "--account=kiosk");
		assertThat(printed()).contains(simulator.baseUrl() + "/", "K000000")
			.contains(simulator.properties().values())
			.contains("API key of kiosk");
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEmpty();
	}

	@Test
	void printsWhatDocumentationShows() throws Exception {
		int port = start("--port=0").baseUrl().getPort();
		assertThat(Files.readString(Path.of("../docs/simulator.md")))
			.contains(printed().replace(Integer.toString(port), "8090").replace(System.lineSeparator(), "\n"));
	}

	@Test
	void acceptsCredentials() {
		K2Simulator simulator = start("--port", "0", "--client-id", "shop", "--client-secret=s3cret", "--api-key",
				"k3y=");
		assertThat(simulator.properties()).containsEntry("k2.client-id", "shop")
			.containsEntry("k2.client-secret", "s3cret")
			.containsEntry("k2.api-key", "k3y=");
	}

	@Test
	void addsAccounts() {
		K2Simulator simulator = start("--port=0", "--account=kiosk", "--account=rent=id,secret,key=");
		assertThat(simulator.account("kiosk").clientId()).isEqualTo("kiosk-client-id");
		assertThat(simulator.account("rent").clientId()).isEqualTo("id");
		assertThat(simulator.account("rent").clientSecret()).isEqualTo("secret");
		assertThat(simulator.account("rent").apiKey()).isEqualTo("key=");
	}

	@Test
	void deliversToCallbackOriginAndWebhookPath() throws Exception {
		try (RecordingApplication application = new RecordingApplication()) {
			K2Simulator simulator = start("--port=0", "--callback-origin=" + application.origin(),
					"--webhook-path=/payments/kopokopo");
			assertThat(simulator.deliver(SimulatedWebhook.customerCreated())).isEqualTo(200);
			assertThat(application.next().path()).isEqualTo("/payments/kopokopo");
		}
	}

	@Test
	void masksPhoneNumbersOfPayersAfterDelay() throws Exception {
		try (RecordingApplication application = new RecordingApplication()) {
			K2Simulator simulator = start("--port=0", "--callback-origin=" + application.origin(),
					"--masked-sender-phones", "--result-delay=1ms");
			new ApiCaller(simulator).authenticate()
				.create("/api/v1/incoming_payments", Bodies.incomingPayment("+254711222333"));
			assertThat(application.next().body()).doesNotContain("711222333");
		}
	}

	@Test
	void rejectsUndocumentedPropertiesIfStrict() {
		ObjectNode request = Bodies.incomingPayment("+254711222333").put("undocumented", "value");
		ApiCaller caller = new ApiCaller(start("--port=0", "--strict")).authenticate();
		assertThat(caller.post("/api/v1/incoming_payments", request.toString()).status()).isEqualTo(400);
	}

	@Test
	void letsPhonesRingIfInteractive() {
		K2Simulator simulator = start("--port=0", "--interactive");
		new ApiCaller(simulator).authenticate()
			.create("/api/v1/incoming_payments", Bodies.incomingPayment("+254711222333"));
		assertThat(simulator.phone("+254711222333").prompt()).isPresent();
	}

	@Test
	void limitsLifetimeOfTokens() {
		ApiCaller caller = new ApiCaller(start("--port=0", "--token-lifetime=30m"));
		assertThat(caller.form("/oauth/token", caller.credentials(Map.of("grant_type", "client_credentials")))
			.json()
			.path("expires_in")
			.asInt()).isEqualTo(1800);
	}

	@Test
	void listensOnLoopbackAddressOnly() {
		URI baseUrl = start("--port=0").baseUrl();
		assertThat(baseUrl).hasHost("localhost");
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect("127.0.0.2", baseUrl.getPort()));
	}

	@Test
	void listensOnAllAddresses() throws Exception {
		URI baseUrl = start("--port=0", "--address=0.0.0.0").baseUrl();
		assertThat(baseUrl).hasHost("localhost");
		connect("127.0.0.2", baseUrl.getPort());
		connect("localhost", baseUrl.getPort());
	}

	@Test
	void listensOnChosenAddress() throws Exception {
		URI baseUrl = start("--port=0", "--address=127.0.0.2").baseUrl();
		assertThat(baseUrl).hasHost("127.0.0.2");
		connect("127.0.0.2", baseUrl.getPort());
	}

	private static void connect(String host, int port) throws Exception {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(host, port), 10_000);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			textBlock = """
					8090;                             There is no option 8090
					--prot=8090;                      There is no option --prot
					-port=8090;                       There is no option -port
					--port;                           --port needs a value
					--port=;                          --port needs a value
					--port=http;                      --port: 'http' is not a number from 0 to 65535
					--port=65536;                     --port: '65536' is not a number from 0 to 65535
					--address=192.0.2.1;              --address: '192.0.2.1' is not an address of this computer
					--address=simulator.invalid;      --address: 'simulator.invalid' is not an address of this computer
					--api-key=;                       --api-key needs a value
					--strict=false;                   --strict takes no value
					--callback-origin=localhost:3000; --callback-origin: The callback origin must be an absolute http or https URL
					--webhook-path=callbacks;         --webhook-path: 'callbacks' does not begin with a slash
					--result-delay=soon;              --result-delay: 'soon' is not a valid duration
					--account=Kiosk;                  --account: The name of an account is 1 to 40 lower-case letters, digits and hyphens, and not 'default'
					--account=kiosk=id;               --account: The value is name, or name=id,secret,key
					--account=kiosk=id,secret,;       --account: The value is name, or name=id,secret,key
					--account=a --account=a;          Two accounts have the name or the client id of SimulatedAccount[a]
					""")
	void rejectsInvalidOption(String args, String message) {
		assertThat(run(args.split(" ", -1))).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8))
			.isEqualToNormalizingNewlines(message + ". The option --help lists all options.\n");
		assertThat(this.started).isEmpty();
		assertThat(printed()).isEmpty();
	}

	@Test
	void reportsPortInUseInOneSentence() {
		int port = start("--port=0").baseUrl().getPort();
		assertThat(run("--port=" + port)).isEqualTo(1);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(
				"The simulator cannot listen on port " + port + ": Address already in use.\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "-h" })
	void helpListsAllOptions(String help) {
		assertThat(run("--port=8090", help)).isZero();
		assertThat(this.started).isEmpty();
		assertThat(printed()).contains(Arrays.stream(StandaloneOption.values()).map(StandaloneOption::usage).toList())
			.contains("port; 0 for any that is free (default: 8090)");
	}

}
