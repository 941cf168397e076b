package io.github.k2connect.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

import io.github.k2connect.AccountName;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.token.TokenStatus;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

/**
 * The Kopo Kopo accounts of an application: the default account, the accounts in the
 * configuration, and the accounts of a {@link K2AccountSource}.
 */
public class K2Accounts {

	/**
	 * The name in metrics of all accounts of the source: their number is unlimited.
	 */
	private static final String OTHER = Value.OTHER.asString();

	private final K2Account defaultAccount;

	private final Map<String, SettingsAccount> configured = new LinkedHashMap<>();

	private final @Nullable SourcedAccounts sourced;

	/**
	 * Create the accounts.
	 * @param beans the beans with the services of the default account
	 * @param connections connects the other accounts to Kopo Kopo
	 * @param configured the settings of the accounts in the configuration, by name
	 * @param source the source of further accounts, or {@code null}
	 * @param cache the settings of the cache for the accounts of the source
	 * @param ticker measures the age of settings
	 */
	K2Accounts(BeanFactory beans, AccountConnections connections, Map<String, K2AccountSettings> configured,
			@Nullable K2AccountSource source, K2Properties.AccountSource cache, Ticker ticker) {
		this.defaultAccount = new BeanAccount(beans);
		configured.forEach((name, settings) -> this.configured.put(name,
				new SettingsAccount(name, settings, () -> connections.open(name, name, settings))));
		this.sourced = (source != null) ? new SourcedAccounts(source,
				(name, settings) -> new SettingsAccount(name, settings, () -> connections.open(name, OTHER, settings)),
				cache, ticker) : null;
	}

	/**
	 * Return an account.
	 * @param name the name of the account
	 * @return the account with its current settings
	 * @throws UnknownK2AccountException if there is no such account
	 */
	public K2Account get(String name) {
		return name.equals(AccountName.DEFAULT) ? this.defaultAccount
				: find(name, SourcedAccounts::find).orElseThrow(() -> new UnknownK2AccountException(name));
	}

	/**
	 * Return the account that is configured without a name.
	 * @return the account {@value AccountName#DEFAULT}
	 */
	public K2Account defaultAccount() {
		return this.defaultAccount;
	}

	/**
	 * Return the names of the accounts in the configuration.
	 * @return the names, {@value AccountName#DEFAULT} first, without those of a
	 * {@link K2AccountSource}
	 */
	public Set<String> configuredNames() {
		Set<String> names = new LinkedHashSet<>();
		names.add(AccountName.DEFAULT);
		names.addAll(this.configured.keySet());
		return Collections.unmodifiableSet(names);
	}

	/**
	 * Return the client of an account.
	 * @param name the name of the account
	 * @return a client that sends the account's access token
	 * @throws UnknownK2AccountException if there is no such account
	 * @throws IllegalStateException if it has no client id and client secret
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public ApiClient client(String name) {
		return ApiClient.of(get(name).client());
	}

	/**
	 * Remove an account of a {@link K2AccountSource} from the cache, with its settings
	 * and its access token. The account is loaded again when it is next used.
	 * @param name the name of the account
	 */
	public void forget(String name) {
		if (this.sourced != null) {
			this.sourced.forget(name);
		}
	}

	/**
	 * Return what is known of the tokens of the accounts in the configuration, without a
	 * call.
	 * @return the status by the name of the account, without accounts that have no client
	 * id and client secret
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public Map<String, TokenStatus> tokenStatuses() {
		Map<String, TokenStatus> statuses = new LinkedHashMap<>();
		this.defaultAccount.tokenStatus().ifPresent((status) -> statuses.put(AccountName.DEFAULT, status));
		this.configured
			.forEach((name, account) -> account.tokenStatus().ifPresent((status) -> statuses.put(name, status)));
		return statuses;
	}

	/**
	 * Return the names that accounts have in metrics.
	 * @return the names of the accounts in the configuration, and {@code other} if there
	 * are others
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public Set<String> observedNames() {
		Set<String> names = new LinkedHashSet<>(configuredNames());
		if (this.sourced != null) {
			names.add(OTHER);
		}
		return names;
	}

	boolean hasNamedAccounts() {
		return this.sourced != null || !this.configured.isEmpty();
	}

	/**
	 * Return the name of an account in metrics. The number of names is limited.
	 * @param name the name of the account, which is not verified
	 * @return the name of an account in the configuration, or {@code other}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public String observedName(String name) {
		return (name.equals(AccountName.DEFAULT) || this.configured.containsKey(name)) ? name : OTHER;
	}

	/**
	 * Find the account of a message whose sender is not yet verified.
	 */
	Optional<SettingsAccount> findForMessage(String name) {
		return find(name, SourcedAccounts::findForMessage);
	}

	/**
	 * Load an account again after a message had a wrong signature, because its API keys
	 * may have changed.
	 */
	Optional<SettingsAccount> refresh(String name) {
		return find(name, SourcedAccounts::refresh);
	}

	private Optional<SettingsAccount> find(String name,
			BiFunction<SourcedAccounts, String, Optional<SettingsAccount>> lookUp) {
		SettingsAccount account = this.configured.get(name);
		if (account != null) {
			return Optional.of(account);
		}
		return (this.sourced != null && AccountName.isValid(name)) ? lookUp.apply(this.sourced, name)
				: Optional.empty();
	}

}
