package io.github.k2connect.sample.console;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Adds the address of the simulator to every page of the console.
 */
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
class ConsoleAdvice {

	private final String baseUrl;

	ConsoleAdvice(@Value("${k2.base-url:}") String baseUrl) {
		this.baseUrl = baseUrl;
	}

	/**
	 * Return the address of the simulator. Only on this machine is it without TLS.
	 * @return the address, or {@code null} if the application uses Kopo Kopo
	 */
	@ModelAttribute("simulator")
	@Nullable String simulator() {
		return this.baseUrl.startsWith("http:") ? this.baseUrl : null;
	}

}
