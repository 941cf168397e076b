package io.github.k2connect.webhook.endpoint;

import io.github.k2connect.webhook.K2WebhookRequest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Spring Security as the documentation recommends it: the endpoint is permitted and
 * exempt from CSRF protection, and everything else needs a login.
 */
@Configuration(proxyBeanMethods = false)
class PermittedWebhooks {

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(K2WebhookRequest.toWebhook())
			.permitAll()
			.anyRequest()
			.authenticated());
		http.csrf((csrf) -> csrf.ignoringRequestMatchers(K2WebhookRequest.toWebhook()));
		http.httpBasic(Customizer.withDefaults());
		return http.build();
	}

}
