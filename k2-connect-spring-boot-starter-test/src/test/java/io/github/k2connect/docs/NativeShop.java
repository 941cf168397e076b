package io.github.k2connect.docs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * An application that {@link ReachabilityTests} processes ahead of time. It writes every
 * event as JSON.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class NativeShop {

	private final AtomicInteger events = new AtomicInteger();

	private final Set<String> results = ConcurrentHashMap.newKeySet();

	private final JsonMapper json;

	NativeShop(JsonMapper json) {
		this.json = json;
	}

	public static void main(String[] args) {
		run(args);
	}

	static ConfigurableApplicationContext run(String... args) {
		SpringApplication application = new SpringApplication(NativeShop.class);
		application.setMainApplicationClass(NativeShop.class);
		application.setBannerMode(Banner.Mode.OFF);
		return application.run(args);
	}

	@EventListener
	void on(K2Event event) {
		this.json.writeValueAsString(event);
		if (event instanceof K2ResultEvent result) {
			this.results.add(String.valueOf(result.id()));
		}
		this.events.incrementAndGet();
	}

	int events() {
		return this.events.get();
	}

	boolean hasResult(String id) {
		return this.results.contains(id);
	}

}
