package io.github.k2connect.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the jar that starts the simulator alone, which is called as by an application
 * in another language.
 */
class StandaloneJarIT {

	private static final int SIGTERM = 15;

	@TempDir
	private Path folder;

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<Process> processes = new ArrayList<>();

	@AfterEach
	void stopProcesses() {
		this.processes.forEach(Process::destroyForcibly);
	}

	private Process java(String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						System.getProperty("k2.test.standalone-jar")));
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectError(errors().toFile()).start();
		this.processes.add(process);
		return process;
	}

	private Path errors() {
		return this.folder.resolve("errors");
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
	}

	@Test
	void sendsSignedResultOfPush() throws Exception {
		try (RecordingApplication application = new RecordingApplication()) {
			Process process = java("--port=0", "--client-id=shop", "--client-secret=s3cret", "--api-key=k3y");
			String line = process.inputReader().readLine();
			assertThat(line).startsWith("Simulator of Kopo Kopo at http://localhost:");
			URI baseUrl = URI.create(line.replaceAll(".* at |,.*", ""));
			assertThat(send(HttpRequest.newBuilder(baseUrl.resolve("/health")))).isEqualTo("{\"status\":\"UP\"}");
			HttpResponse<String> pushed = push(baseUrl, token(baseUrl), application.url("/payments"));
			assertThat(pushed.statusCode()).isEqualTo(201);
			RecordingApplication.Delivery delivery = application.next();
			assertThat(delivery.path()).isEqualTo("/payments");
			assertThat(delivery.signature()).isEqualTo(new WebhookSigner("k3y").sign(delivery.bytes()));
			assertThat(delivery.json().at("/data/attributes/status").asString()).isEqualTo("Success");
			assertThat(pushed.headers().firstValue("location"))
				.hasValue(baseUrl + "/api/v1/incoming_payments/" + delivery.json().at("/data/id").asString());
			stopsAtSigterm(process);
		}
	}

	private String token(URI baseUrl) throws Exception {
		String response = send(HttpRequest.newBuilder(baseUrl.resolve("/oauth/token"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("grant_type=client_credentials&client_id=shop&client_secret=s3cret")));
		return Json.MAPPER.readTree(response).path("access_token").asString();
	}

	private HttpResponse<String> push(URI baseUrl, String token, String callbackUrl) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve("/api/v1/incoming_payments"))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{
					  "payment_channel": "M-PESA STK Push",
					  "till_number": "K000000",
					  "subscriber": {"first_name": "Joe", "last_name": "Mwangi", "phone_number": "+254711222333"},
					  "amount": {"currency": "KES", "value": 2200},
					  "_links": {"callback_url": "%s"}
					}
					""".formatted(callbackUrl)))
			.build();
		return this.client.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private void stopsAtSigterm(Process process) throws Exception {
		process.destroy();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
		assertThat(errors()).isEmptyFile();
	}

	@Test
	void exitsWithInvalidOption() throws Exception {
		Process process = java("--prot=8090");
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(2);
		assertThat(errors()).content().startsWith("There is no option --prot.");
	}

}
