package io.github.k2connect.sample.simulator;

import io.github.k2connect.sample.shop.ShopApplication;

import org.springframework.boot.SpringApplication;

/**
 * Starts the shop with a simulator of Kopo Kopo. The simulator, its credentials and its
 * database are on the class path of the tests only, so the shop itself never takes play
 * money.
 */
final class SimulatedShop {

	private SimulatedShop() {
	}

	public static void main(String[] args) {
		SpringApplication.from(ShopApplication::main)
			.with(SimulatorConfiguration.class)
			.withAdditionalProfiles("simulator")
			.run(args);
	}

}
