package io.github.k2connect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PhoneNumberTests {

	@ParameterizedTest
	@ValueSource(strings = { "+254712345678", "254712345678", "0712345678", "+254 712 345 678", "+254-712-345-678",
			"0712 345-678", " 0712345678 ", "\t0712345678\n", "+254\u00A0712\u00A0345\u00A0678", "712345678",
			"712 345 678", "0712.345.678", "(0712) 345678", "(0712)345-678", "+254 (712) 345.678", "(254) 712 345 678",
			"(+254) 712345678" })
	void parsesUsualNotations(String text) {
		assertThat(PhoneNumber.parse(text)).hasValueSatisfying((number) -> {
			assertThat(number.international()).isEqualTo("+254712345678");
			assertThat(number.withoutPlus()).isEqualTo("254712345678");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0112345678", "254112345678", "+254112345678", "112345678", "(0112) 345.678" })
	void parsesNumberOfSeries1(String text) {
		assertThat(PhoneNumber.parse(text)).contains(new PhoneNumber("112345678"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "254202345678", "+254999999999" })
	void parsesAnyNineDigitsAfterCountryCode(String text) {
		assertThat(PhoneNumber.parse(text)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "()", "212345678", "812345678", "012345678", "254712345", "0212345678",
			"0812345678", "071234567", "07123456789", "+25471234567", "+2547123456789", "+2540712345678",
			"00254712345678", "++254712345678", "+0712345678", "+712345678", "+112345678", "1712345678", "7712345678",
			"0712345678 0722345678", "712,345,678", "0712/345678", "+254 (0)712 345 678", "+255712345678",
			"+1 712 345 6789", "07l2345678", "0712345678x", "tel:0712345678", "٠٧١٢٣٤٥٦٧٨", "٧١٢٣٤٥٦٧٨",
			"0712345678\u0000" })
	void doesNotParseOtherText(String text) {
		assertThat(PhoneNumber.parse(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0712345678", "71234567", "+54712345", "7123 5678", "٧١٢٣٤٥٦٧٨" })
	void rejectsInvalidSubscriberNumberWithoutShowingIt(String subscriberNumber) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber(subscriberNumber))
			.withMessage("A subscriber number has nine digits")
			.withNoCause();
	}

	@Test
	void isEqualInAllNotations() {
		assertThat(PhoneNumber.parse("0712 345 678")).isEqualTo(PhoneNumber.parse("+254712345678"));
	}

	/**
	 * A phone number and its hash, from a payload of Kopo Kopo.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "+254929488147", "254929488147", "+254 929 488147" })
	void hashesAsKopoKopoDoes(String text) {
		assertThat(PhoneNumber.parse(text)).map(PhoneNumber::hash)
			.hasValue("d30d07eef610b83d1f65f3a15280499552e5f0fcb86c3890d7375291c6ba4e70");
	}

}
