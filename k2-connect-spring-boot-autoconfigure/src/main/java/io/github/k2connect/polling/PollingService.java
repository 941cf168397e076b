package io.github.k2connect.polling;

import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Service for polling the transactions of a period, for example to find transactions
 * without a webhook.
 */
public class PollingService extends ResultService<PollingResult> {

	private static final ResultType TYPE = ResultType.POLLING;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public PollingService(K2Client client) {
		this(ApiClient.of(client), (account) -> TYPE.status(PollingResult.class, account));
	}

	private PollingService(ApiClient client, Function<String, Function<JsonObject, PollingResult>> reader) {
		super(client, TYPE.resource(), reader, PollingResult::isPending);
	}

	/**
	 * Return a service whose polls are not followed up, because a later check repeats a
	 * poll that is lost. Its results are without the transactions that cannot be read.
	 * @param unreadable called with the reference of such a transaction, or {@code null},
	 * and the reason
	 * @return the service, for the same account
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public PollingService forReconciliation(BiConsumer<@Nullable String, String> unreadable) {
		return new PollingService(client().withoutFollowUp(),
				(account) -> (json) -> PollingResult.readable(json, account, unreadable));
	}

	/**
	 * Poll the transactions of a period. The result comes as a {@link PollingResult}
	 * whose id is the {@linkplain K2Location#id() id} of the returned location, and may
	 * come before this method returns.
	 * @param request the request
	 * @return the location of the poll
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, a result may still come
	 */
	public K2Location pollTransactions(PollingRequest request) {
		return create(request.callbackUrl(), request::toJson);
	}

}
