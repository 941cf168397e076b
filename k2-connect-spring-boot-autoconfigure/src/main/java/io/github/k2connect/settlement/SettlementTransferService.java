package io.github.k2connect.settlement;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.event.EventDecoder;
import io.github.k2connect.event.SettlementTransferResult;

/**
 * Adds the merchant's own bank accounts and wallets, and transfers its balance to them.
 * Accounts and wallets follow the configured version, transfers are always version 1.
 */
public class SettlementTransferService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that attaches a token
	 */
	public SettlementTransferService(K2Client client) {
		this.client = client;
	}

	/**
	 * Add a bank account of the merchant. No result is sent: get the status to learn its
	 * reference.
	 * @param request the bank account
	 * @return the absolute address of the bank account
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the bank account may have been added all the same
	 */
	public URI createMerchantBankAccount(MerchantBankAccountRequest request) {
		return this.client.create("merchant_bank_accounts", request.toJson(this.client.apiVersion()));
	}

	/**
	 * Return the status of a bank account of the merchant.
	 * @param location its address, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantBankAccountStatus getMerchantBankAccountStatus(URI location) {
		return this.client.fetch(location, MerchantBankAccountStatus::from);
	}

	/**
	 * Add a mobile wallet of the merchant. No result is sent: get the status to learn its
	 * reference.
	 * @param request the wallet
	 * @return the absolute address of the wallet
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the wallet may have been added all the same
	 */
	public URI createMerchantWallet(MerchantWalletRequest request) {
		return this.client.create("merchant_wallets", request.toJson(this.client.apiVersion()));
	}

	/**
	 * Return the status of a mobile wallet of the merchant.
	 * @param location its address, as returned when it was added, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public MerchantWalletStatus getMerchantWalletStatus(URI location) {
		return this.client.fetch(location, MerchantWalletStatus::from);
	}

	/**
	 * Transfer the merchant's balance, or a part of it, to an account of its own. The
	 * result comes as a {@link SettlementTransferResult} whose id is the
	 * {@linkplain K2Location#id(URI) id} of the returned address, and may come before
	 * this method returns.
	 * @param request what to transfer, and where to
	 * @return the absolute address of the transfer
	 * @throws InvalidK2RequestException if there is no callback
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the money may move all the same
	 */
	public URI settleFunds(SettlementTransferRequest request) {
		return this.client.create(ApiVersion.V1, "settlement_transfers",
				request.toJson(this.client.callbackUrl(request.callbackUrl())));
	}

	/**
	 * Return the status of a transfer.
	 * @param location its address, as returned when it was started, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public SettlementTransferResult getStatus(URI location) {
		return this.client.fetch(ApiVersion.V1, location,
				(json) -> EventDecoder.decodeStatus(json, SettlementTransferResult.class, this.client.account()));
	}

}
