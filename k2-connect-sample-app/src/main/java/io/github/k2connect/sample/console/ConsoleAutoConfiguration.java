package io.github.k2connect.sample.console;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

/**
 * Auto-configuration of the console. Its user and password are those of Spring Boot,
 * which logs the password at startup unless {@code spring.security.user.password} is set.
 */
@AutoConfiguration
@Import({ CallController.class, EventController.class, PaymentController.class, TodayController.class,
		WaitingController.class, ConsoleAdvice.class, EventFeed.class, Ledger.class, ChangeStream.class })
final class ConsoleAutoConfiguration {

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SecurityFilterChain consoleSecurityFilterChain(HttpSecurity http) {
		CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
		tokens.setCookieCustomizer((cookie) -> cookie.path("/console").sameSite("Strict"));
		tokens.setCookieName("CONSOLE-XSRF-TOKEN");
		http.securityMatcher("/console", "/console/**");
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.httpBasic(Customizer.withDefaults());
		// Every request logs in: with a new token for each login, no form would work once
		// its page, or another, has looked for changes.
		http.csrf((csrf) -> csrf.csrfTokenRepository(tokens)
			.sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()));
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.headers((headers) -> headers
			.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY)));
		return http.build();
	}

}
