package io.github.k2connect.sample.web;

import io.github.k2connect.webhook.K2WebhookRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.util.StringUtils;

/**
 * Configuration of Spring Security. Everybody may see the shop's pages, and only the
 * staff may see the pages of the staff. A form is protected against CSRF by a token in a
 * cookie. There is no session.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final String STAFF = "STAFF";

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private static final String PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=()";

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/staff/**").hasRole(STAFF).anyRequest().permitAll());
		http.httpBasic(Customizer.withDefaults());
		http.csrf((csrf) -> csrf.csrfTokenRepository(csrfTokenRepository())
			.ignoringRequestMatchers(K2WebhookRequest.toWebhook()));
		http.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		http.logout(AbstractHttpConfigurer::disable);
		http.headers(SecurityConfiguration::confineToShop);
		return http.build();
	}

	/**
	 * Create the user of the staff, if a password is set.
	 * @param properties the properties with the password
	 * @return the service, without users if no password is set
	 */
	@Bean
	UserDetailsService userDetailsService(StaffProperties properties) {
		InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
		if (StringUtils.hasText(properties.password())) {
			PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
			users.createUser(
					User.withUsername("staff").password(encoder.encode(properties.password())).roles(STAFF).build());
		}
		return users;
	}

	/**
	 * Create a repository that stores the CSRF token in a {@code Lax} cookie. When a
	 * customer follows a link to the shop, the browser does not send a {@code Strict}
	 * cookie. The shop would then create a new token, and reject the forms in the
	 * customer's other tabs.
	 * @return the repository
	 */
	private static CsrfTokenRepository csrfTokenRepository() {
		CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
		repository.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		return repository;
	}

	/**
	 * Add headers that allow only the shop's own scripts, styles and images, and no frame
	 * around its pages. {@link WebConfiguration} adds the headers for caches.
	 * @param headers the configurer of the headers
	 */
	private static void confineToShop(HeadersConfigurer<HttpSecurity> headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY));
		headers.permissionsPolicyHeader((permissions) -> permissions.policy(PERMISSIONS_POLICY));
		headers.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
		headers.crossOriginOpenerPolicy((opener) -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
		headers.crossOriginResourcePolicy((resource) -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
		headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable);
	}

}
