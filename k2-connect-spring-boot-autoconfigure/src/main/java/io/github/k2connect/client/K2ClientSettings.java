package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Settings for calls to Kopo Kopo.
 *
 * @param baseUrl the origin of Kopo Kopo: {@code https}, or {@code http} on a loopback
 * host; normalized to lower case and no slash at the end
 * @param apiVersion the version to use for calls that exist in both versions
 * @param callbackUrl the default callback URL, or {@code null}
 * @param connectTimeout the maximum time to open a connection
 * @param readTimeout the maximum time to wait for a response
 * @param callTimeout the maximum time of a call with all that it includes: a token,
 * attempts and waits
 * @param maxAttempts the maximum number of attempts of a call that is safe to repeat, 1
 * or more
 */
public record K2ClientSettings(URI baseUrl, ApiVersion apiVersion, @Nullable URI callbackUrl, Duration connectTimeout,
		Duration readTimeout, Duration callTimeout, int maxAttempts) {

	/**
	 * The origin of Kopo Kopo's sandbox.
	 */
	public static final URI SANDBOX = URI.create("https://sandbox.kopokopo.com");

	/**
	 * The origin of Kopo Kopo in production.
	 */
	public static final URI PRODUCTION = URI.create("https://api.kopokopo.com");

	private static final String RETIRED_HOST = "app.kopokopo.com";

	private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[[0:]*:1]");

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if a value is not valid; the message begins with
	 * the name of the component
	 */
	public K2ClientSettings {
		baseUrl = origin(baseUrl);
		check(callbackUrl == null || isAbsolute(callbackUrl), "callbackUrl", "must be an absolute http or https URL");
		check(connectTimeout.compareTo(Duration.ZERO) > 0, "connectTimeout", "must be positive");
		check(readTimeout.compareTo(Duration.ZERO) > 0, "readTimeout", "must be positive");
		check(callTimeout.compareTo(Duration.ZERO) > 0, "callTimeout", "must be positive");
		check(maxAttempts >= 1, "maxAttempts", "must be at least 1");
	}

	/**
	 * Return settings with defaults for everything but the origin of Kopo Kopo.
	 * @param baseUrl the origin of Kopo Kopo
	 * @return settings with version 1, no callback, 5 seconds to connect, 30 seconds to
	 * wait for a response, 45 seconds for a call, 3 attempts
	 */
	public static K2ClientSettings of(URI baseUrl) {
		return builder(baseUrl).build();
	}

	/**
	 * Create a new builder with the same defaults as {@link #of(URI)}.
	 * @param baseUrl the origin of Kopo Kopo
	 * @return the builder
	 */
	public static Builder builder(URI baseUrl) {
		return new Builder(baseUrl);
	}

	/**
	 * Create settings for another account, with the same timeouts.
	 * @param baseUrl the origin of Kopo Kopo
	 * @param apiVersion the version to use for calls that exist in both versions
	 * @param callbackUrl the default callback URL, or {@code null}
	 * @return the settings
	 * @throws IllegalArgumentException if a value is not valid
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2ClientSettings with(URI baseUrl, ApiVersion apiVersion, @Nullable URI callbackUrl) {
		return new K2ClientSettings(baseUrl, apiVersion, callbackUrl, this.connectTimeout, this.readTimeout,
				this.callTimeout, this.maxAttempts);
	}

	/**
	 * Return the longest time from the beginning of a call until nothing of it is on its
	 * way to Kopo Kopo any more. All attempts begin within the time of the call: the
	 * first one, those after a connection that could not be opened, and the one after
	 * status 401, each with the time for its token and the waits before it. An attempt
	 * that begins at the very end may open a connection and wait for the response.
	 * @return the time
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public Duration maxSendingTime() {
		return this.callTimeout.plus(this.connectTimeout).plus(this.readTimeout);
	}

	private static URI origin(URI url) {
		check(isAbsolute(url), "baseUrl", "must be an absolute https URL");
		String scheme = url.getScheme().toLowerCase(Locale.ROOT);
		String host = url.getHost().toLowerCase(Locale.ROOT);
		check(!host.equals(RETIRED_HOST), "baseUrl", "names " + RETIRED_HOST
				+ ", which no longer serves the API: production is " + PRODUCTION + ", the sandbox " + SANDBOX);
		check(url.getRawUserInfo() == null, "baseUrl", "must not contain user information");
		check(isEmptyPath(url) && url.getRawQuery() == null && url.getRawFragment() == null, "baseUrl",
				"must be an origin, without path, query or fragment");
		check(scheme.equals("https") || isLoopback(host), "baseUrl",
				"must be https: http is accepted for a loopback host only");
		return URI.create(scheme + "://" + host + ((url.getPort() != -1) ? ":" + url.getPort() : ""));
	}

	private static void check(boolean valid, String setting, String reason) {
		if (!valid) {
			throw new InvalidSettingException(setting, reason);
		}
	}

	private static boolean isAbsolute(URI url) {
		return ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
				&& StringUtils.hasText(url.getHost());
	}

	private static boolean isEmptyPath(URI url) {
		return !StringUtils.hasLength(url.getRawPath()) || url.getRawPath().equals("/");
	}

	private static boolean isLoopback(String host) {
		return host.equals("localhost") || LOOPBACK_ADDRESS.matcher(host).matches();
	}

	/**
	 * Builder for {@link K2ClientSettings}.
	 */
	public static final class Builder {

		private final URI baseUrl;

		private ApiVersion apiVersion = ApiVersion.V1;

		private @Nullable URI callbackUrl;

		private Duration connectTimeout = Duration.ofSeconds(5);

		private Duration readTimeout = Duration.ofSeconds(30);

		private Duration callTimeout = Duration.ofSeconds(45);

		private int maxAttempts = 3;

		private Builder(URI baseUrl) {
			this.baseUrl = baseUrl;
		}

		/**
		 * Set the version to use for calls that exist in both versions.
		 * @param apiVersion the version
		 * @return this builder
		 */
		public Builder apiVersion(ApiVersion apiVersion) {
			this.apiVersion = apiVersion;
			return this;
		}

		/**
		 * Set the default callback URL.
		 * @param callbackUrl the URL, or {@code null} for none
		 * @return this builder
		 */
		public Builder callbackUrl(@Nullable URI callbackUrl) {
			this.callbackUrl = callbackUrl;
			return this;
		}

		/**
		 * Set the maximum time to open a connection.
		 * @param connectTimeout the time
		 * @return this builder
		 */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = connectTimeout;
			return this;
		}

		/**
		 * Set the maximum time to wait for a response.
		 * @param readTimeout the time
		 * @return this builder
		 */
		public Builder readTimeout(Duration readTimeout) {
			this.readTimeout = readTimeout;
			return this;
		}

		/**
		 * Set the maximum time of a call with all that it includes: a token, attempts and
		 * waits.
		 * @param callTimeout the time
		 * @return this builder
		 */
		public Builder callTimeout(Duration callTimeout) {
			this.callTimeout = callTimeout;
			return this;
		}

		/**
		 * Set the maximum number of attempts of a call that is safe to repeat.
		 * @param maxAttempts the number, 1 or more
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Create the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is not valid; the message begins
		 * with the name of the component
		 */
		public K2ClientSettings build() {
			return new K2ClientSettings(this.baseUrl, this.apiVersion, this.callbackUrl, this.connectTimeout,
					this.readTimeout, this.callTimeout, this.maxAttempts);
		}

	}

}
