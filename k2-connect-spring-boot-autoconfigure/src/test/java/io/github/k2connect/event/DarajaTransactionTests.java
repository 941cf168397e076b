package io.github.k2connect.event;

import java.time.OffsetDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DarajaTransaction}.
 */
class DarajaTransactionTests {

	@ParameterizedTest
	@ValueSource(strings = { "\"20261231235959\"", "20261231235959", "\" 20261231235959 \"" })
	void readsTimeInNairobi(String time) {
		DarajaTransaction event = daraja("TransTime", time);
		assertThat(event.transactionTime()).hasToString("2026-12-31T23:59:59+03:00");
		assertThat(event.createdAt()).hasToString("2026-12-31T23:59:59+03:00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"", "\" \"" })
	void acceptsMissingTime(String time) {
		assertThat(daraja("TransTime", time)).returns(null, DarajaTransaction::transactionTime)
			.returns((OffsetDateTime) null, DarajaTransaction::createdAt);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ThirdPartyTransID", "ThirdPartyTransId" })
	void readsThirdPartyIdInBothSpellings(String property) {
		assertThat(daraja(property, "\"tp-5\"").thirdPartyTransactionId()).isEqualTo("tp-5");
	}

	@ParameterizedTest
	@CsvSource({ "254712000001, 254712000001", "'\"6f1d2c\"', 6f1d2c", "'\"890017\"', 890017" })
	void readsPayerAsNumberHashOrTill(String msisdn, String expected) {
		assertThat(daraja("MSISDN", msisdn).msisdn()).isEqualTo(expected);
	}

	@Test
	void hasNoLinksAndNoEventType() {
		DarajaTransaction event = daraja("OrgAccountBalance", "\"\"");
		assertThat(event.topic()).isEqualTo("daraja");
		assertThat(event.eventType()).isNull();
		assertThat(event.linkSelf()).isNull();
		assertThat(event.linkResource()).isNull();
		assertThat(event.orgAccountBalance()).isNull();
	}

	private static DarajaTransaction daraja(String property, String value) {
		return (DarajaTransaction) Sample.decode("{\"TransID\": \"SC1\", \"" + property + "\": " + value + "}");
	}

}
