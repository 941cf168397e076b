package io.github.k2connect.settlement;

import java.net.URI;
import java.time.Duration;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.SettlementTransferResult;

/**
 * Service for adding the merchant's own bank accounts and wallets, and for transferring
 * the balance to them. Bank accounts and wallets use the configured version of the API,
 * transfers always use version 1.
 */
public class SettlementTransferService {

	private final K2Client client;

	private final K2Client v1;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public SettlementTransferService(K2Client client) {
		this.client = client;
		this.v1 = client.withVersion(ApiVersion.V1);
	}

	/**
	 * Add a bank account of the merchant. Kopo Kopo sends no result: get the status to
	 * find its reference.
	 * @param request the bank account
	 * @return the absolute URL of the bank account
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the bank account may still have been added
	 */
	public URI createMerchantBankAccount(MerchantBankAccountRequest request) {
		return this.client.create("merchant_bank_accounts", request.toJson(this.client.apiVersion()));
	}

	/**
	 * Return the status of a bank account of the merchant.
	 * @param location its URL, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantBankAccountStatus getMerchantBankAccountStatus(URI location) {
		return this.client.fetch(location, MerchantBankAccountStatus::from);
	}

	/**
	 * Add a mobile wallet of the merchant. Kopo Kopo sends no result: get the status to
	 * find its reference.
	 * @param request the wallet
	 * @return the absolute URL of the wallet
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the wallet may still have been added
	 */
	public URI createMerchantWallet(MerchantWalletRequest request) {
		return this.client.create("merchant_wallets", request.toJson(this.client.apiVersion()));
	}

	/**
	 * Return the status of a mobile wallet of the merchant.
	 * @param location its URL, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantWalletStatus getMerchantWalletStatus(URI location) {
		return this.client.fetch(location, MerchantWalletStatus::from);
	}

	/**
	 * Transfer the merchant's balance, or a part of it, to the merchant's own account.
	 * The result comes as a {@link SettlementTransferResult} whose id is the
	 * {@linkplain K2Location#id(URI) id} of the returned URL, and may come before this
	 * method returns.
	 * @param request the request
	 * @return the absolute URL of the transfer
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still move
	 */
	public URI settleFunds(SettlementTransferRequest request) {
		return this.v1.create(ResultType.SETTLEMENT_TRANSFER.resource(),
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a transfer.
	 * @param location its URL, as returned when it was started, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public SettlementTransferResult getStatus(URI location) {
		return this.v1.fetch(location,
				ResultType.SETTLEMENT_TRANSFER.status(SettlementTransferResult.class, this.client.account()));
	}

	/**
	 * Return the status of a transfer.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @return the current status
	 * @throws InvalidK2RequestException if it is not an id
	 * @throws K2Exception if the call fails
	 */
	public SettlementTransferResult getStatus(String id) {
		return getStatus(this.v1.location(ResultType.SETTLEMENT_TRANSFER.resource(), id));
	}

	/**
	 * Wait for the result of a transfer. The status is requested at once, after a second,
	 * and then with growing delays up to ten seconds. This is for programs without a
	 * webhook endpoint. Do not call it while a web request or a transaction waits.
	 * @param location its URL
	 * @param timeout the maximum time to wait; a status request that is in progress at
	 * its end is completed
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if the URL is not at Kopo Kopo, or the time is
	 * negative
	 * @throws K2Exception if a status request fails. After status 429 or 5xx and a lost
	 * connection it is repeated until the time is over. If the thread is interrupted, its
	 * interrupt status is kept
	 */
	public SettlementTransferResult awaitResult(URI location, Duration timeout) {
		return this.client.await(timeout, () -> getStatus(location), SettlementTransferResult::isPending);
	}

	/**
	 * Wait for the result of a transfer, as {@link #awaitResult(URI, Duration)}.
	 * @param id its {@linkplain K2Location#id(URI) id}
	 * @param timeout the maximum time to wait
	 * @return the final result, or the last pending one when the time is over
	 * @throws InvalidK2RequestException if it is not an id, or the time is negative
	 * @throws K2Exception if a status request fails
	 */
	public SettlementTransferResult awaitResult(String id, Duration timeout) {
		return awaitResult(this.v1.location(ResultType.SETTLEMENT_TRANSFER.resource(), id), timeout);
	}

}
