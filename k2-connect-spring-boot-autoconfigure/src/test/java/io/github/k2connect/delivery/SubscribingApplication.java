package io.github.k2connect.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.k2connect.Scope;
import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.subscription.K2Subscriptions;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import io.github.k2connect.webhook.WebhookTopic;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A platform that declares a subscription for each merchant that it adds.
 */
@WebhookApplication
class SubscribingApplication {

	/**
	 * The merchants that have gone, for all instances.
	 */
	static final Set<String> GONE = ConcurrentHashMap.newKeySet();

	private final JdbcClient jdbc;

	private final K2Subscriptions subscriptions;

	private final TransactionTemplate transactions;

	SubscribingApplication(JdbcClient jdbc, K2Subscriptions subscriptions,
			PlatformTransactionManager transactionManager) {
		this.jdbc = jdbc;
		this.subscriptions = subscriptions;
		this.transactions = new TransactionTemplate(transactionManager);
	}

	public static void main(String[] args) {
		SpringApplication.run(SubscribingApplication.class, args);
	}

	@Bean
	static K2AccountSource merchants() {
		return (name) -> (name.startsWith("merchant-") && !GONE.contains(name)) ? Optional
			.of(K2AccountSettings.builder().clientId(name).clientSecret("s3cret").apiKey("key of " + name).build())
				: Optional.empty();
	}

	@Bean
	ApplicationRunner addAtStart(@Value("${add:}") String merchant) {
		return (arguments) -> {
			if (!merchant.isEmpty()) {
				add(merchant, () -> {
				});
			}
		};
	}

	/**
	 * Add a merchant, in one transaction with its declaration.
	 * @param merchant the name
	 * @param beforeCommit called before the transaction ends
	 */
	void add(String merchant, Runnable beforeCommit) {
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(merchant).update();
			declare(merchant);
			beforeCommit.run();
		});
	}

	void declare(String merchant) {
		this.subscriptions.declare(merchant,
				WebhookSubscriptionRequest.builder()
					.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
					.scope(Scope.COMPANY)
					.build());
	}

}
