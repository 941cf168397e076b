package io.github.k2connect.benchmark.token;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.benchmark.KopoKopoServer;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.token.AccessToken;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;

import org.springframework.util.Assert;

/**
 * Many callers at once while there is no token.
 *
 * @param callers how many
 */
record Stampede(int callers) {

	private static final int STACK_SIZE = 512 * 1024;

	/**
	 * Let all callers get a token.
	 * @return how many tokens were requested
	 */
	int tokenRequests() throws Exception {
		try (KopoKopoServer kopoKopo = new KopoKopoServer()) {
			TokenService tokens = new TokenService(new K2ClientFactory(K2ClientSettings.of(kopoKopo.url())).create(),
					new K2Credentials("client", "secret"));
			Set<AccessToken> received = ConcurrentHashMap.newKeySet();
			CountDownLatch ready = new CountDownLatch(this.callers);
			CountDownLatch start = new CountDownLatch(1);
			CountDownLatch served = new CountDownLatch(this.callers);
			for (int i = 0; i < this.callers; i++) {
				startCaller(() -> {
					ready.countDown();
					await(start);
					received.add(tokens.getToken());
					served.countDown();
				});
			}
			await(ready);
			start.countDown();
			await(served);
			Assert.state(received.size() == 1, () -> "The callers got different tokens: " + received);
			return kopoKopo.tokenRequests();
		}
	}

	private static void startCaller(Runnable call) {
		Thread caller = new Thread(null, call, "caller", STACK_SIZE);
		caller.setDaemon(true);
		caller.start();
	}

	private static void await(CountDownLatch latch) {
		try {
			Assert.state(latch.await(60, TimeUnit.SECONDS), "A caller got no token");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
