package io.github.k2connect.till;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.webhook.K2WebhookRequest;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@SpringBootApplication
class Till {

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final List<String> missed = new CopyOnWriteArrayList<>();

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http.csrf((csrf) -> csrf.ignoringRequestMatchers(K2WebhookRequest.toWebhook()))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@EventListener
	void on(BuygoodsTransactionReceived payment) {
		this.received.add(String.valueOf(payment.reference()));
	}

	@EventListener
	void on(MissedTillPayment payment) {
		this.missed.add(String.valueOf(payment.reference()));
	}

	List<String> received() {
		return this.received;
	}

	List<String> missed() {
		return this.missed;
	}

}
