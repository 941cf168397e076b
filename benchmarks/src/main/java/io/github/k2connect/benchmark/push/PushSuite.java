package io.github.k2connect.benchmark.push;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.BlockComparison;
import io.github.k2connect.benchmark.KopoKopoServer;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;

import org.springframework.util.Assert;

/**
 * What an STK push costs.
 */
public final class PushSuite implements Suite {

	private static final int ROUNDS = 9;

	@Override
	public String name() {
		return "push";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		byte[] body = body();
		Process server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), KopoKopoServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = server.inputReader()) {
			URI kopoKopo = URI.create(output.readLine());
			rows.accept(new BlockComparison("an STK push", "a `RestClient` that posts the same bytes",
					new Push(kopoKopo)::send, new BarePost(kopoKopo, body)::send)
				.measure(ROUNDS));
		}
		finally {
			server.destroyForcibly().waitFor();
		}
	}

	/**
	 * Return the body that the library sends, and check that both sides do the same.
	 */
	private static byte[] body() throws IOException {
		try (KopoKopoServer kopoKopo = new KopoKopoServer()) {
			URI location = new Push(kopoKopo.url()).send();
			String body = kopoKopo.lastBody();
			Assert.state(body.contains("\"value\":2500"), () -> "The library sent " + body);
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			URI same = new BarePost(kopoKopo.url(), bytes).send();
			Assert.state(kopoKopo.lastBody().equals(body) && location.getPath().equals(same.getPath()),
					"The other side did something else");
			return bytes;
		}
	}

}
