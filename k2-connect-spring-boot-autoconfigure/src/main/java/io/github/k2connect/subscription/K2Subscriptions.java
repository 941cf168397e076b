package io.github.k2connect.subscription;

import java.util.List;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;

/**
 * The declared webhook subscriptions of all accounts. One of the application's instances
 * creates each of them once, and then checks every hour that it exists at Kopo Kopo.
 * Needs a database.
 */
public interface K2Subscriptions {

	/**
	 * Declare a subscription. The declaration is stored, and Kopo Kopo is called later.
	 * If the account has already declared the same subscription, nothing happens. A
	 * transaction of the caller in the database of k2-connect is joined: if it is rolled
	 * back, nothing is declared.
	 * <p>
	 * Call this method when an account is added. Use {@link WebhookService} for a
	 * subscription that k2-connect must not create again when it is deleted at Kopo Kopo.
	 * @param account the name of the account
	 * @param request the subscription; without a URL, it has the callback URL that the
	 * account has now
	 * @throws InvalidK2RequestException if there is no URL, or if Daraja payloads are
	 * requested from version 1
	 * @throws K2Exception an {@code UnknownK2AccountException} if there is no such
	 * account
	 * @throws IllegalStateException if the account has no client id and client secret
	 * @throws org.springframework.dao.ConcurrencyFailureException if the database has
	 * rolled the caller's transaction back, or if a subscription of the configuration is
	 * being checked; repeat the transaction
	 */
	void declare(String account, WebhookSubscriptionRequest request);

	/**
	 * Return the declared subscriptions of all accounts: those that were declared with
	 * {@link #declare}, by any instance, and those in the configuration of this instance.
	 * @return the subscriptions, ordered by account
	 */
	List<DeclaredSubscription> declared();

}
