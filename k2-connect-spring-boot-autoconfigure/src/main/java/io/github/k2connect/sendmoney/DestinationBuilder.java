package io.github.k2connect.sendmoney;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What the builders of all destinations share.
 *
 * @param <B> the type of the builder
 */
public abstract class DestinationBuilder<B extends DestinationBuilder<B>> {

	/**
	 * The amount.
	 */
	protected @Nullable BigDecimal amount;

	/**
	 * What the money is for.
	 */
	protected @Nullable String description;

	/**
	 * The name under which the destination is kept.
	 */
	protected @Nullable String nickname;

	/**
	 * Whether the destination is kept as a favourite.
	 */
	protected @Nullable Boolean favourite;

	DestinationBuilder() {
	}

	/**
	 * Set the amount. Required.
	 * @param amount in shillings, positive, with at most two decimals
	 * @return this builder
	 */
	public B amount(BigDecimal amount) {
		this.amount = amount;
		return self();
	}

	/**
	 * Set the amount. Required.
	 * @param amount in whole shillings, positive
	 * @return this builder
	 */
	public B amount(long amount) {
		return amount(BigDecimal.valueOf(amount));
	}

	/**
	 * Set what the money is for. Required, except for the merchant's own wallets and bank
	 * accounts.
	 * @param description the description, or {@code null}
	 * @return this builder
	 */
	public B description(@Nullable String description) {
		this.description = description;
		return self();
	}

	/**
	 * Set the name under which the destination is kept.
	 * @param nickname the nickname, or {@code null}
	 * @return this builder
	 */
	public B nickname(@Nullable String nickname) {
		this.nickname = nickname;
		return self();
	}

	/**
	 * Set whether the destination is kept as a favourite.
	 * @param favourite whether it is, or {@code null} to leave it to Kopo Kopo
	 * @return this builder
	 */
	public B favourite(@Nullable Boolean favourite) {
		this.favourite = favourite;
		return self();
	}

	/**
	 * This builder.
	 * @return {@code this}
	 */
	protected abstract B self();

}
