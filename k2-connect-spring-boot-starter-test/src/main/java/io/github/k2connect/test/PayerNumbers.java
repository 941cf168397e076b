package io.github.k2connect.test;

/**
 * How the phone numbers of payers are told.
 */
enum PayerNumbers {

	/**
	 * Tell all digits.
	 */
	WHOLE {

		@Override
		String write(String phoneNumber) {
			return phoneNumber;
		}

	},

	/**
	 * Replace digits by asterisks, as M-PESA does.
	 */
	MASKED {

		@Override
		String write(String phoneNumber) {
			return PhoneNumbers.masked(phoneNumber);
		}

	};

	/**
	 * Write the phone number of a payer.
	 */
	abstract String write(String phoneNumber);

}
