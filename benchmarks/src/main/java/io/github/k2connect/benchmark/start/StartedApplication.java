package io.github.k2connect.benchmark.start;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * The smallest web application, with the starter or without it. It tells when it is
 * ready, and what that took.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StartedApplication {

	static final String READY = "ready ";

	public static void main(String[] arguments) {
		SpringApplication.run(StartedApplication.class, arguments);
	}

	@EventListener
	void tell(ApplicationReadyEvent ready) {
		long cpu = ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElseThrow();
		System.out.println(READY + cpu);
		System.out.println(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
		System.out.println(ManagementFactory.getThreadMXBean().getTotalStartedThreadCount());
		System.out.println(ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
	}

}
