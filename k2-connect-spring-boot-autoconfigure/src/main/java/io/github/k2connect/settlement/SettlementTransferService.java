package io.github.k2connect.settlement;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2DuplicateRequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.event.SettlementTransferResult;

/**
 * Service for adding the merchant's own bank accounts and wallets, and for transferring
 * the balance to them. Bank accounts and wallets use the configured version of the API,
 * transfers always use version 1.
 */
public class SettlementTransferService extends ResultService<SettlementTransferResult> {

	private static final ResultType TYPE = ResultType.SETTLEMENT_TRANSFER;

	private static final String BANK_ACCOUNTS = "merchant_bank_accounts";

	private static final String WALLETS = "merchant_wallets";

	private final ApiClient client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public SettlementTransferService(K2Client client) {
		super(ApiClient.of(client).withVersion(ApiVersion.V1), TYPE.resource(),
				(account) -> TYPE.status(SettlementTransferResult.class, account), SettlementTransferResult::isPending);
		this.client = ApiClient.of(client);
	}

	/**
	 * Add a bank account of the merchant. Kopo Kopo sends no result: get the status to
	 * find its reference.
	 * @param request the bank account
	 * @return the location of the bank account
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the bank account may still have been added
	 */
	public K2Location createMerchantBankAccount(MerchantBankAccountRequest request) {
		return this.client.create(BANK_ACCOUNTS, request.toJson(this.client.apiVersion()));
	}

	/**
	 * Return the status of a bank account of the merchant.
	 * @param location the location that was returned when it was added
	 * @return the current status
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantBankAccountStatus getMerchantBankAccountStatus(K2Location location) {
		return this.client.fetch(location, MerchantBankAccountStatus::from);
	}

	/**
	 * Return the status of a bank account of the merchant.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return the current status
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantBankAccountStatus getMerchantBankAccountStatus(String location) {
		return getMerchantBankAccountStatus(this.client.location(BANK_ACCOUNTS, location));
	}

	/**
	 * Add a mobile wallet of the merchant. Kopo Kopo sends no result: get the status to
	 * find its reference.
	 * @param request the wallet
	 * @return the location of the wallet
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the wallet may still have been added
	 */
	public K2Location createMerchantWallet(MerchantWalletRequest request) {
		return this.client.create(WALLETS, request.toJson(this.client.apiVersion()));
	}

	/**
	 * Return the status of a mobile wallet of the merchant.
	 * @param location the location that was returned when it was added
	 * @return the current status
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantWalletStatus getMerchantWalletStatus(K2Location location) {
		return this.client.fetch(location, MerchantWalletStatus::from);
	}

	/**
	 * Return the status of a mobile wallet of the merchant.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return the current status
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantWalletStatus getMerchantWalletStatus(String location) {
		return getMerchantWalletStatus(this.client.location(WALLETS, location));
	}

	/**
	 * Transfer the merchant's balance, or a part of it, to the merchant's own account.
	 * The result comes as a {@link SettlementTransferResult} whose id is the
	 * {@linkplain K2Location#id() id} of the returned location, and may come before this
	 * method returns.
	 * @param request the request
	 * @return the location of the transfer
	 * @throws InvalidK2RequestException if there is no callback, or the idempotency key
	 * cannot be used for this request
	 * @throws K2DuplicateRequestException if a request with the idempotency key has no
	 * known outcome
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may still move
	 */
	public K2Location settleFunds(SettlementTransferRequest request) {
		return create(request.callbackUrl(), request::toJson,
				IdempotencyKey.of(request.idempotencyKey(), request.fingerprint()));
	}

}
