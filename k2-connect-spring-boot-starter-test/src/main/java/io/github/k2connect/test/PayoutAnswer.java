package io.github.k2connect.test;

/**
 * What comes of money that is sent to a phone.
 */
enum PayoutAnswer {

	/**
	 * It arrives.
	 */
	ARRIVES,

	/**
	 * M-PESA does not process it.
	 */
	FAILS,

	/**
	 * It stays pending.
	 */
	NEVER_ANSWERS;

	/**
	 * Return what comes of money for a number.
	 * @param phoneNumber the number, empty when the money is not for a phone
	 */
	static PayoutAnswer of(String phoneNumber) {
		return switch (PhoneNumbers.international(phoneNumber)) {
			case SimulatedPhoneNumber.FAILS -> FAILS;
			case SimulatedPhoneNumber.NEVER_ANSWERS -> NEVER_ANSWERS;
			default -> ARRIVES;
		};
	}

}
