package io.github.k2connect.event;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Links}.
 */
class LinksTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://api.kopokopo.com/api/v2/incoming_payments/1", "/api/v2/incoming_payments/1",
			"https://[::1]:8080/?a=%20" })
	void readsUrl(String link) {
		assertThat(Links.parse(link)).isEqualTo(URI.create(link));
		assertThat(Links.parse("\t" + link + " ")).isEqualTo(URI.create(link));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "http://[", "https://api.kopokopo.com/a b", "%" })
	void ignoresMalformedUrl(@Nullable String link) {
		assertThat(Links.parse(link)).isNull();
	}

	@Test
	void decodesPaymentWithMalformedLinks() {
		ObjectNode json = Sample.BUYGOODS_TRANSACTION_RECEIVED.json();
		json.putObject("_links").put("self", "http://[").put("resource", "");
		assertThat(Sample.decode(json)).isInstanceOfSatisfying(BuygoodsTransactionReceived.class, (event) -> {
			assertThat(event.amount()).isEqualByComparingTo("1250.50");
			assertThat(event.linkSelf()).isNull();
			assertThat(event.linkResource()).isNull();
			assertThat(event.envelope().linkSelf()).isEqualTo("http://[");
		});
	}

}
