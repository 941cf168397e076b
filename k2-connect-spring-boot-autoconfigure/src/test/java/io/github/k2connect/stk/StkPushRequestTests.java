package io.github.k2connect.stk;

import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StkPushRequest}.
 */
class StkPushRequestTests {

	@Test
	void reportsAllMissingPropertiesAtOnce() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> StkPushRequest.builder().build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder("tillNumber is required", "phoneNumber is required", "amount is required"));
	}

	@Test
	void reportsAllInvalidPropertiesWithoutTheirValues() {
		StkPushRequest.Builder builder = StkPushRequest.builder()
			.paymentChannel(" ")
			.tillNumber(" ")
			.phoneNumber("0733987")
			.currency("USD")
			.amount(new BigDecimal("-98765.43"))
			.callbackUrl("ftp://secret.example")
			.metadata(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "wairimu"));
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message)
				.containsExactlyInAnyOrder("paymentChannel is required", "tillNumber is required",
						"phoneNumber must be a Kenyan phone number such as +254 and nine digits",
						"currency must be KES", "amount must be positive",
						"callbackUrl must be an absolute http or https URL", "metadata must have at most 5 entries");
			assertThat(ex.getMessage()).doesNotContain("0733987", "USD", "98765", "secret.example", "wairimu");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "+254712000001", "254712000001", "0712000001", "0712 000 001", "+254-712-000-001" })
	void normalizesPhoneNumber(String phoneNumber) {
		assertThat(valid().phoneNumber(phoneNumber).build().phoneNumber()).isEqualTo("+254712000001");
	}

	@Test
	void acceptsNullForOptionalProperties() {
		StkPushRequest request = valid().callbackUrl("https://shop.example/k2/webhooks")
			.callbackUrl((String) null)
			.metadata("order", "1")
			.metadata(null)
			.build();
		assertThat(request.callbackUrl()).isNull();
		assertThat(request.metadata()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "0.001", "10.999" })
	void rejectsInvalidAmount(BigDecimal amount) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> valid().amount(amount).build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.singleElement()
				.asString()
				.startsWith("amount "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "not a url", "/k2/webhooks", "https:///k2" })
	void rejectsUnreachableCallbackUrl(String callbackUrl) {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> valid().callbackUrl(callbackUrl).build())
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("callbackUrl must be an absolute http or https URL"));
	}

	@Test
	void treatsBlankNameAsMissing() {
		StkPushRequest request = valid().firstName(" ").middleName(" ").lastName("").email(null).build();
		assertThat(request.firstName()).isNull();
		assertThat(request.middleName()).isNull();
		assertThat(request.lastName()).isNull();
		assertThat(request.email()).isNull();
	}

	@Test
	void hasDefaultCurrencyAndChannel() {
		StkPushRequest request = valid().build();
		assertThat(request.currency()).isEqualTo("KES");
		assertThat(request.paymentChannel()).isEqualTo("M-PESA STK Push");
	}

	@Test
	void copiesMetadata() {
		Map<String, String> metadata = new HashMap<>(Map.of("order_id", "order-88"));
		StkPushRequest request = valid().metadata(metadata).build();
		metadata.put("order_id", "order-89");
		assertThat(request.metadata()).containsExactly(Map.entry("order_id", "order-88"));
	}

	@Test
	void validatesRecordLikeBuilder() {
		StkPushRequest valid = valid().build();
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new StkPushRequest(valid.paymentChannel(), "", null, null, null, valid.phoneNumber(),
					null, "KES", BigDecimal.ZERO, URI.create("https://duka.example"), Map.of(), null, Map.of()))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("tillNumber is required", "amount must be positive"));
	}

	private static StkPushRequest.Builder valid() {
		return StkPushRequest.builder().tillNumber("K112233").phoneNumber("0712000001").amount(1);
	}

}
