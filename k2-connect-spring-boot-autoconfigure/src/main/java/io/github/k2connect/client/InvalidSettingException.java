package io.github.k2connect.client;

import java.util.Locale;

import org.apiguardian.api.API;

/**
 * Thrown when a setting of {@link K2ClientSettings} is not valid. The message begins with
 * the name of the setting.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InvalidSettingException extends IllegalArgumentException {

	private final String setting;

	private final String reason;

	InvalidSettingException(String setting, String reason) {
		super(setting + " " + reason);
		this.setting = setting;
		this.reason = reason;
	}

	/**
	 * Return the name of the setting as a property has it, for example
	 * {@code callback-url}.
	 * @return the last part of the property's name
	 */
	public String property() {
		return this.setting.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the reason, for example {@code must be positive}.
	 * @return the rest of a sentence that begins with the name
	 */
	public String reason() {
		return this.reason;
	}

}
