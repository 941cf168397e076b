package io.github.k2connect.sample.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Stream that notifies browsers of changes. A stream ends after a while, and the browser
 * opens a new one, so that unused streams are soon removed.
 */
@Controller
class ChangeStream {

	private static final Logger logger = LoggerFactory.getLogger(ChangeStream.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final Set<SseEmitter> browsers = ConcurrentHashMap.newKeySet();

	private final Executor executor;

	ChangeStream(@Qualifier("applicationTaskExecutor") Executor executor) {
		this.executor = executor;
	}

	@GetMapping("/console/changes")
	SseEmitter open() {
		SseEmitter browser = new SseEmitter(TIMEOUT.toMillis());
		browser.onTimeout(browser::complete);
		browser.onError((ex) -> this.browsers.remove(browser));
		browser.onCompletion(() -> this.browsers.remove(browser));
		this.browsers.add(browser);
		send(browser, "open");
		return browser;
	}

	/**
	 * Notify the browsers, on another thread than that of the event, which must not wait
	 * for a slow browser.
	 */
	@TransactionalEventListener(classes = FeedChanged.class, fallbackExecution = true)
	void onChange() {
		this.browsers.forEach((browser) -> this.executor.execute(() -> send(browser, "changed")));
	}

	@EventListener(ContextClosedEvent.class)
	void closeAll() {
		this.browsers.forEach(SseEmitter::complete);
	}

	private void send(SseEmitter browser, String name) {
		try {
			browser.send(SseEmitter.event().name(name).data(""));
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("A browser has left", ex);
			this.browsers.remove(browser);
		}
	}

}
