package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.SpringServletContainerInitializer;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * The ways to deploy an application, with the prefixes of its paths.
 */
enum Deployment {

	SERVLET(WebApplicationType.SERVLET, ""),

	SERVLET_WITH_CONTEXT_PATH(WebApplicationType.SERVLET, "/shop", "server.servlet.context-path=/shop"),

	SERVLET_WITH_SERVLET_PATH(WebApplicationType.SERVLET, "/api", "spring.mvc.servlet.path=/api"),

	SERVLET_WITH_BOTH(WebApplicationType.SERVLET, "/shop/api", "server.servlet.context-path=/shop",
			"spring.mvc.servlet.path=/api"),

	WAR(WebApplicationType.SERVLET, "/war"),

	WAR_WITH_SERVLET_PATH(WebApplicationType.SERVLET, "/war/api", "spring.mvc.servlet.path=/api"),

	REACTIVE(WebApplicationType.REACTIVE, ""),

	REACTIVE_WITH_BASE_PATH(WebApplicationType.REACTIVE, "/shop", "spring.webflux.base-path=/shop");

	private final WebApplicationType type;

	private final String prefix;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> properties;

	Deployment(WebApplicationType type, String prefix, String... properties) {
		this.type = type;
		this.prefix = prefix;
		this.properties = List.of(properties);
	}

	boolean isServlet() {
		return this.type == WebApplicationType.SERVLET;
	}

	/**
	 * Start the application on a free port.
	 */
	Running start(Class<?> application, String... properties) {
		String[] arguments = Stream.concat(this.properties.stream(), Stream.of(properties))
			.map("--"::concat)
			.toArray(String[]::new);
		if (this == WAR || this == WAR_WITH_SERVLET_PATH) {
			return startInTomcat(application, arguments);
		}
		SpringApplication spring = new SpringApplication(application);
		spring.setWebApplicationType(this.type);
		spring.setDefaultProperties(Map.of("server.port", "0"));
		ConfigurableApplicationContext context = spring.run(arguments);
		return new Running(context, url(context.getEnvironment().getRequiredProperty("local.server.port")),
				context::close);
	}

	private String url(String port) {
		return "http://localhost:" + port + this.prefix;
	}

	/**
	 * Start the application from a WAR, in a container without Spring Boot.
	 */
	private Running startInTomcat(Class<?> application, String... arguments) {
		// as Spring Boot does, which warns in later tests otherwise
		Registry.disableRegistry();
		Tomcat tomcat = new Tomcat();
		try {
			Path base = Files.createTempDirectory("war");
			tomcat.setBaseDir(base.toString());
			tomcat.setPort(0);
			tomcat.getConnector();
			Context war = tomcat.addContext("/war", base.toString());
			War.application = application;
			War.arguments = arguments;
			war.addServletContainerInitializer(new SpringServletContainerInitializer(), Set.of(War.class));
			tomcat.start();
			ConfigurableApplicationContext context = (ConfigurableApplicationContext) WebApplicationContextUtils
				.getRequiredWebApplicationContext(war.getServletContext());
			return new Running(context, url(String.valueOf(tomcat.getConnector().getLocalPort())),
					() -> stop(tomcat, base));
		}
		catch (IOException | LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void stop(Tomcat tomcat, Path base) {
		try {
			tomcat.stop();
			tomcat.destroy();
			FileSystemUtils.deleteRecursively(base);
		}
		catch (IOException | LifecycleException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * An application that runs.
	 *
	 * @param context its context
	 * @param url the URL of the application, without a slash at its end
	 * @param stop stops it
	 */
	record Running(ConfigurableApplicationContext context, String url, Runnable stop) implements AutoCloseable {

		@Override
		public void close() {
			this.stop.run();
		}

	}

	/**
	 * The initializer in the WAR.
	 */
	static final class War extends SpringBootServletInitializer {

		private static Class<?> application = War.class;

		private static String[] arguments = {};

		@Override
		protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
			return builder.sources(application);
		}

		@Override
		protected WebApplicationContext run(SpringApplication spring) {
			return (WebApplicationContext) spring.run(arguments);
		}

	}

}
