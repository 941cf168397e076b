package io.github.k2connect.account;

import java.net.URI;
import java.util.List;

import io.github.k2connect.client.ApiVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Settings of one Kopo Kopo account. An account needs a client id and a client secret to
 * call Kopo Kopo, and an API key to receive webhooks and results. At least one of the two
 * is required. {@link #toString()} does not show secrets.
 *
 * @param clientId the client id of the OAuth application, or {@code null}
 * @param clientSecret the client secret of the OAuth application, or {@code null}
 * @param apiKey the key that signs webhooks and results, or {@code null}
 * @param previousApiKeys the keys that are still accepted while the API key is rotated
 * @param baseUrl the origin of Kopo Kopo, or {@code null} to use that of the default
 * account
 * @param apiVersion the API version for calls that exist in both versions, or
 * {@code null} for that of the default account
 * @param callbackUrl the default callback URL, or {@code null} to use that of the default
 * account, followed by a slash and the name of this account
 */
public record K2AccountSettings(@Nullable String clientId, @Nullable String clientSecret, @Nullable String apiKey,
		List<String> previousApiKeys, @Nullable URI baseUrl, @Nullable ApiVersion apiVersion,
		@Nullable URI callbackUrl) {

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if a value is not valid; the message begins with
	 * the name of the component
	 */
	public K2AccountSettings {
		clientId = textOrNull(clientId);
		clientSecret = textOrNull(clientSecret);
		apiKey = textOrNull(apiKey);
		previousApiKeys = previousApiKeys.stream().filter(StringUtils::hasText).toList();
		Assert.isTrue(clientId == null || clientSecret != null, "clientSecret is required with a clientId");
		Assert.isTrue(clientSecret == null || clientId != null, "clientId is required with a clientSecret");
		Assert.isTrue(clientId != null || apiKey != null, "clientId and clientSecret, or apiKey, are required");
		Assert.isTrue(apiKey != null || previousApiKeys.isEmpty(), "apiKey is required with previousApiKeys");
	}

	/**
	 * Create a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

	@Override
	public String toString() {
		return "K2AccountSettings[clientId=" + this.clientId + ", clientSecret=" + redacted(this.clientSecret)
				+ ", apiKey=" + redacted(this.apiKey) + ", previousApiKeys=" + this.previousApiKeys.size()
				+ ", baseUrl=" + this.baseUrl + ", apiVersion=" + this.apiVersion + ", callbackUrl=" + this.callbackUrl
				+ "]";
	}

	static String redacted(@Nullable String secret) {
		return StringUtils.hasText(secret) ? "***" : "missing";
	}

	/**
	 * Builder for {@link K2AccountSettings}.
	 */
	public static final class Builder {

		private @Nullable String clientId;

		private @Nullable String clientSecret;

		private @Nullable String apiKey;

		private List<String> previousApiKeys = List.of();

		private @Nullable URI baseUrl;

		private @Nullable ApiVersion apiVersion;

		private @Nullable URI callbackUrl;

		private Builder() {
		}

		/**
		 * Set the client id of the OAuth application.
		 * @param clientId the client id, or {@code null}
		 * @return this builder
		 */
		public Builder clientId(@Nullable String clientId) {
			this.clientId = clientId;
			return this;
		}

		/**
		 * Set the client secret of the OAuth application.
		 * @param clientSecret the client secret, or {@code null}
		 * @return this builder
		 */
		public Builder clientSecret(@Nullable String clientSecret) {
			this.clientSecret = clientSecret;
			return this;
		}

		/**
		 * Set the key that signs webhooks and results.
		 * @param apiKey the API key, or {@code null}
		 * @return this builder
		 */
		public Builder apiKey(@Nullable String apiKey) {
			this.apiKey = apiKey;
			return this;
		}

		/**
		 * Set the keys that are still accepted while the API key is rotated.
		 * @param previousApiKeys the keys, none by default
		 * @return this builder
		 */
		public Builder previousApiKeys(List<String> previousApiKeys) {
			this.previousApiKeys = previousApiKeys;
			return this;
		}

		/**
		 * Set the origin of Kopo Kopo.
		 * @param baseUrl the origin, or {@code null} for that of the default account
		 * @return this builder
		 */
		public Builder baseUrl(@Nullable URI baseUrl) {
			this.baseUrl = baseUrl;
			return this;
		}

		/**
		 * Set the API version for calls that exist in both versions.
		 * @param apiVersion the version, or {@code null} for that of the default account
		 * @return this builder
		 */
		public Builder apiVersion(@Nullable ApiVersion apiVersion) {
			this.apiVersion = apiVersion;
			return this;
		}

		/**
		 * Set the default callback URL.
		 * @param callbackUrl the URL, or {@code null} for that of the default account,
		 * followed by a slash and the name of this account
		 * @return this builder
		 */
		public Builder callbackUrl(@Nullable URI callbackUrl) {
			this.callbackUrl = callbackUrl;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is not valid
		 */
		public K2AccountSettings build() {
			return new K2AccountSettings(this.clientId, this.clientSecret, this.apiKey, this.previousApiKeys,
					this.baseUrl, this.apiVersion, this.callbackUrl);
		}

	}

}
