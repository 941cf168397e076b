package io.github.k2connect.sample.console;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares passwords as they are. Every request to the console logs in, and Spring
 * Security's encoder takes most of the time of a request on purpose.
 */
@TestConfiguration(proxyBeanMethods = false)
public class PlainPasswords {

	@Bean
	PasswordEncoder passwordEncoder() {
		return new AbstractValidatingPasswordEncoder() {

			@Override
			protected String encodeNonNullPassword(String password) {
				return password;
			}

			@Override
			protected boolean matchesNonNull(String password, String encoded) {
				return password.equals(encoded);
			}

		};
	}

}
