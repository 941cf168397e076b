package io.github.k2connect.subscription;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.AccountName;
import io.github.k2connect.Scope;
import io.github.k2connect.Sha256;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.jspecify.annotations.Nullable;

/**
 * A declared subscription.
 *
 * @param account the name of the account
 * @param request the request for the subscription, with a URL
 */
record Declaration(String account, WebhookSubscriptionRequest request) {

	/**
	 * Return the unique key of the subscription. Rows are kept for years, so it must not
	 * change.
	 * @param baseUrl the account's base URL of Kopo Kopo
	 * @param defaultClientId the client id of the default account, which has no name of
	 * its own
	 * @return the id of the row in the table of tasks
	 */
	String key(URI baseUrl, String defaultClientId) {
		List<String> owner = this.account.equals(AccountName.DEFAULT) ? List.of(defaultClientId)
				: List.of("account", this.account);
		List<String> payload = Boolean.TRUE.equals(this.request.enableDarajaPayload()) ? List.of("daraja") : List.of();
		List<String> extra = this.request.extra().isEmpty() ? List.of() : List.of("extra", digestOfExtra());
		String text = Stream
			.of(List.of(baseUrl.toString()), owner,
					List.of(this.request.eventType(), this.request.scope().value(),
							String.valueOf(this.request.scopeReference()), String.valueOf(this.request.url())),
					payload, extra)
			.flatMap(List::stream)
			.map((part) -> part.length() + ":" + part)
			.collect(Collectors.joining());
		return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
	}

	private String digestOfExtra() {
		return JsonObject.parse(new JsonBody().putValues("extra", this.request.extra()).toText()).digest();
	}

	/**
	 * Return the name for log messages.
	 */
	String name() {
		String till = this.request.scopeReference();
		String owner = this.account.equals(AccountName.DEFAULT) ? "" : " of account " + this.account;
		return this.request.eventType() + " of " + ((till != null) ? "till " + till : "the company") + owner + " to "
				+ this.request.url();
	}

	JsonBody toJson() {
		return new JsonBody().put("account", this.account)
			.put("eventType", this.request.eventType())
			.put("url", String.valueOf(this.request.url()))
			.put("scope", this.request.scope().value())
			.put("scopeReference", this.request.scopeReference())
			.put("enableDarajaPayload", this.request.enableDarajaPayload())
			.putValues("extra", this.request.extra());
	}

	static @Nullable Declaration from(@Nullable JsonObject json) {
		return (json != null)
				? new Declaration(json.requiredText("account"),
						new WebhookSubscriptionRequest(json.requiredText("eventType"), json.uri("url"),
								Scope.valueOf(json.requiredText("scope").toUpperCase(Locale.ROOT)),
								json.text("scopeReference"), json.flag("enableDarajaPayload"), json.values("extra")))
				: null;
	}

}
