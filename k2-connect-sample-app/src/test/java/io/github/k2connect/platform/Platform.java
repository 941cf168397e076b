package io.github.k2connect.platform;

import io.github.k2connect.webhook.K2WebhookRequest;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;

import org.springframework.security.web.SecurityFilterChain;

@SpringBootApplication
class Platform {

	@Bean
	BytesEncryptor secretEncryptor(@Value("${platform.encryption.password}") String password,
			@Value("${platform.encryption.salt}") String salt) {
		return AesGcmBytesEncryptor.withPassword(password, salt).build();
	}

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http.csrf((csrf) -> csrf.ignoringRequestMatchers(K2WebhookRequest.toWebhook()))
			.authorizeHttpRequests((requests) -> requests.requestMatchers(K2WebhookRequest.toWebhook())
				.permitAll()
				.anyRequest()
				.authenticated())
			.build();
	}

}
