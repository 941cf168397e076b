package io.github.k2connect.sample.simulator;

import java.util.List;

/**
 * The phones that the simulator has, for the checkout page to name.
 *
 * @param phones the phones
 */
public record SimulatedPhones(List<Phone> phones) {

	public SimulatedPhones {
		phones = List.copyOf(phones);
	}

	/**
	 * A simulated phone.
	 *
	 * @param number its number
	 * @param outcome what comes of a payment that it is asked for
	 */
	public record Phone(String number, String outcome) {
	}

}
