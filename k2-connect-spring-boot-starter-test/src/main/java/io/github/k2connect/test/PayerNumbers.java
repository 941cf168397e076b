package io.github.k2connect.test;

/**
 * Format of the phone numbers of payers.
 */
enum PayerNumbers {

	/**
	 * Show all digits.
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
