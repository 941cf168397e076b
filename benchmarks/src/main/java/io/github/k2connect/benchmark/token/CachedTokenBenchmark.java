package io.github.k2connect.benchmark.token;

import java.io.IOException;
import java.time.Clock;

import io.github.k2connect.benchmark.KopoKopoServer;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.token.AccessToken;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.util.Assert;

/**
 * Gets a token that is in the cache, and what that takes at least: reading a field and
 * the clock.
 */
@State(Scope.Benchmark)
public class CachedTokenBenchmark {

	private final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final TokenService tokens = new TokenService(
			new K2ClientFactory(K2ClientSettings.of(this.kopoKopo.url())).create(),
			new K2Credentials("client", "secret"));

	private final Clock clock = Clock.systemUTC();

	private volatile AccessToken token = this.tokens.getToken();

	@Setup
	public void check() {
		Assert.state(library().equals(field()), "Another token");
	}

	@TearDown
	public void stop() throws IOException {
		this.kopoKopo.close();
		Assert.state(this.kopoKopo.tokenRequests() == 1, "The token was requested again");
	}

	@Benchmark
	public AccessToken library() {
		return this.tokens.getToken();
	}

	@Benchmark
	public AccessToken field() {
		return this.token;
	}

	@Benchmark
	public long clock() {
		return this.clock.millis();
	}

}
