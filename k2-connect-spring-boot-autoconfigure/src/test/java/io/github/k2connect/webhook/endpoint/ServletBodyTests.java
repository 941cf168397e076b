package io.github.k2connect.webhook.endpoint;

import java.time.Duration;
import java.util.List;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookPaths;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the bodies that {@link K2WebhookController} reads from the server or a
 * filter.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ServletBodyTests {

	private static final int LIMIT = 1024;

	private final K2WebhookController controller = new K2WebhookController(
			Endpoints.endpoint(new OnlyParser(new WebhookParser(new SignatureVerifier("an-api-key", List.of()))),
					Receivers.direct(new EventDispatcher((event) -> {
					}, K2EventStore.none()), Integer.MAX_VALUE, Duration.ofSeconds(20)), LIMIT, Duration.ofSeconds(10),
					ObservationRegistry.NOOP),
			new WebhookPaths("/k2/webhooks", false));

	@Test
	void respondsIfBodyEndsAlthoughMoreIsAnnounced() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/k2/webhooks") {

			@Override
			public long getContentLengthLong() {
				return 10;
			}

			@Override
			public ServletInputStream getInputStream() {
				return new EndedBody();
			}

		};
		request.setAsyncSupported(true);
		request.addHeader(SignatureVerifier.HEADER, "0".repeat(64));
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.controller.handleRequest(request, response);
		assertThat(response.getStatus()).isEqualTo(500);
		assertThat(request.isAsyncStarted()).isFalse();
	}

	/**
	 * A body that has ended, but whose stream says that a byte is available.
	 */
	private static final class EndedBody extends ServletInputStream {

		@Override
		public int available() {
			return 1;
		}

		@Override
		public int read() {
			return -1;
		}

		@Override
		public boolean isFinished() {
			return true;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
		}

	}

}
