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
 * Opens the shop's pages to everybody and those of the staff to the staff, and takes a
 * form only from the browser that the shop gave it to. There is no session.
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
	 * Let the staff in, once there is a password.
	 * @param properties the password
	 * @return the staff, or nobody
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
	 * Keep the token in a cookie. It is {@code Lax}, because a {@code Strict} one would
	 * be missing when a customer follows a link to the shop: the shop would then give out
	 * a new token, and the forms in the customer's other tabs would be refused.
	 * @return the repository
	 */
	private static CsrfTokenRepository csrfTokenRepository() {
		CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
		repository.setCookieCustomizer((cookie) -> cookie.sameSite("Lax"));
		return repository;
	}

	/**
	 * Tell browsers to load and run nothing that is not the shop's own, and to show it in
	 * no frame. Caching is left to {@link WebConfiguration}.
	 * @param headers the headers of every response
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
